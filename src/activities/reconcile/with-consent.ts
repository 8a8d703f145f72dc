import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import type { ReconcileResult } from '../../deployment/driver/reconcile-result.ts';
import type { Consenting } from '../../deployment/names/consent.ts';
import type { Inspection } from '../../deployment/plan/inspection.ts';
import { requireConsents } from './require-consent.ts';

/** One step's apply, and the inspection that says whether it has anything to do. */
interface Applied<I, V> {
  inspect(input: I): Promise<Inspection<V>>;
  apply(input: I, checkpoint: string | undefined): Promise<ReconcileResult<V>>;
}

/**
 * Applies a step only with the consent of those whose resources it acts on. Where there is nothing to do there is nothing to consent to: the step then reports what it found, unless it would
 * read a secret for that.
 */
export const withConsent =
  <I extends Consenting, V>({ inspect, apply }: Applied<I, V>): Applied<I, V>['apply'] =>
  async (input, checkpoint) => {
    try {
      await requireConsents(input.consent);
    } catch (error) {
      if (!(error instanceof AzureOperationError) || error.failure.code !== 'NotConsented') throw error;
      const found = input.consent?.opens ? undefined : await inspect(input);
      if (found?.action !== 'unchanged' || found.value === undefined) throw error;
      return { kind: 'done', value: found.value, change: 'unchanged', resourceId: found.resourceId };
    }
    return apply(input, checkpoint);
  };

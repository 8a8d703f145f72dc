import type { ReconcileResult } from '../../deployment/driver/reconcile-result.ts';
import type { Consenting } from '../../deployment/names/consent.ts';
import type { Inspection } from '../../deployment/plan/inspection.ts';
import { inspectResource } from './inspect-resource.ts';
import type { ManagedResource, Tagged } from './managed-resource.ts';
import { reconcileResource } from './reconcile-resource.ts';

/** Inspects and applies by one description of what a resource should be, so that a run and a plan cannot differ. */
export const managed = <I extends Consenting, R extends Tagged, V>(
  resourceOf: (input: I) => ManagedResource<R, V> | Promise<ManagedResource<R, V>>,
): {
  readonly asksForConsent: true;
  inspect(input: I): Promise<Inspection<V>>;
  apply(input: I, checkpoint: string | undefined): Promise<ReconcileResult<V>>;
} => ({
  asksForConsent: true,
  inspect: async (input) => inspectResource(await resourceOf(input)),
  apply: async (input, checkpoint) => reconcileResource(await resourceOf(input), checkpoint, input.consent),
});

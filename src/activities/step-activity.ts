import { isRestError } from '@azure/core-rest-pipeline';
import type { InvocationContext } from '@azure/functions';
import { armClients } from '../azure/arm-clients.ts';
import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { type AzureFailure, AzureOperationError, toAzureFailure } from '../azure/failures/azure-failure.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { type ActivityResult, activityResultOf, stepCallSchema } from '../deployment/driver/activity-result.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import type { StepContract } from '../deployment/driver/step-contract.ts';
import type { Activity } from '../task-hub/activity.ts';
import { quietly } from '../telemetry/quietly.ts';
import { recordReport } from '../telemetry/record-report.ts';
import { boundedResult } from './within-bounds.ts';

/** How long a resource provider takes to register, roughly. */
const REGISTRATION_SECONDS = 30;

/**
 * Makes the activity of a step. No exception leaves it: whatever is thrown becomes a result, scrubbed here because durable history keeps
 * what escapes before anyone can.
 *
 * @param reconcile - one inspection and one idempotent change; it may throw what the SDKs throw.
 */
export const stepActivity =
  <I extends { readonly subscriptionId: string }, T>(
    contract: StepContract<I, T>,
    reconcile: (input: I, checkpoint: string | undefined, context: InvocationContext) => Promise<ReconcileResult<T>>,
  ): Activity =>
  async (data, context): Promise<ActivityResult> => {
    const call = stepCallSchema.parse(data);
    const input = contract.input.parse(call.input);
    const exchange: Exchange = {};
    const began = performance.now();
    const progress = await recordExchange(exchange, async () => {
      try {
        return boundedResult(await reconcile(input, call.checkpoint, context));
      } catch (error) {
        return await afterFailure(error, exchange, input.subscriptionId);
      }
    });
    const result = activityResultOf(progress, call, Math.random());
    const report = exchange.wrote && result.kind !== 'done' ? { ...result, wrote: true } : result;
    quietly(context, () => recordReport(context, call, report, (performance.now() - began) / 1000));
    return report;
  };

const afterFailure = async (
  thrown: unknown,
  exchange: Exchange,
  subscriptionId: string,
): Promise<ReconcileResult<never>> => {
  const failure = toAzureFailure(thrown, exchange);
  const error = toStepError(failure);
  if (error.class === 'permanent') return { kind: 'failed', error };
  const registering = failure.code === 'MissingSubscriptionRegistration';
  if (registering && !(await register(failure, subscriptionId))) {
    return { kind: 'failed', error: { ...error, class: 'permanent' } };
  }
  return {
    kind: 'retry',
    error,
    retryAfterSeconds: registering ? REGISTRATION_SECONDS : failure.retryAfterSeconds,
    checkpoint: thrown instanceof AzureOperationError ? thrown.checkpoint : undefined,
  };
};

/** Registers the resource provider that is missing, as `az` does. @returns false when the service has no right to. */
const register = async ({ target, message }: AzureFailure, subscriptionId: string): Promise<boolean> => {
  const namespace = target ?? /namespace '([\w.]+)'/.exec(message)?.[1];
  if (!namespace) return false;
  try {
    await armClients(subscriptionId).resources.providers.register(namespace);
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return false;
  }
  return true;
};

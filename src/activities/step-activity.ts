import type { ActivityHandler } from 'durable-functions';
import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { type AzureFailure, AzureOperationError, toAzureFailure } from '../azure/azure-failure.ts';
import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { toStepError } from '../azure/to-step-error.ts';
import type { Progress } from '../deployment/progress.ts';
import type { StepContract } from '../deployment/step-contracts.ts';

const callSchema = z.object({ input: z.unknown(), resume: z.string().optional() });

/** How long a resource provider takes to register, roughly. */
const REGISTRATION_SECONDS = 30;

/**
 * Makes the activity of a step. No exception leaves it: whatever is thrown becomes Progress, scrubbed here because durable history keeps
 * what escapes before anyone can. The random part of a retry's delay is drawn here too, as orchestrators have no random numbers.
 *
 * @param reconcile - one look and one idempotent move; it may throw what the SDKs throw.
 */
export const stepActivity =
  <I extends { readonly subscriptionId: string }, T>(
    contract: StepContract<I, T>,
    reconcile: (input: I, resume: string | undefined) => Promise<Progress<T>>,
  ): ActivityHandler =>
  async (call: unknown): Promise<Progress<T>> => {
    const { input, resume } = callSchema.parse(call);
    const parsed = contract.input.parse(input);
    const exchange: Exchange = {};
    return recordExchange(exchange, async () => {
      try {
        return await reconcile(parsed, resume);
      } catch (error) {
        const progress = await afterFailure(toAzureFailure(error, exchange), parsed.subscriptionId);
        const restart = error instanceof AzureOperationError ? error.resume : undefined;
        return progress.kind === 'retry' && restart !== undefined ? { ...progress, resume: restart } : progress;
      }
    });
  };

const afterFailure = async (failure: AzureFailure, subscriptionId: string): Promise<Progress<never>> => {
  const error = toStepError(failure);
  if (error.class === 'permanent') return { kind: 'failed', error };
  const registering = failure.code === 'MissingSubscriptionRegistration' && (await register(failure, subscriptionId));
  const retryAfterSeconds = registering ? REGISTRATION_SECONDS : failure.retryAfterSeconds;
  return {
    kind: 'retry',
    error,
    jitter: Math.random(),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
};

/** Registers the resource provider that is missing, as `az` does; what goes wrong here shows when the step is tried again. */
const register = async ({ target, message }: AzureFailure, subscriptionId: string): Promise<boolean> => {
  const namespace = target ?? /namespace '([\w.]+)'/.exec(message)?.[1];
  if (!namespace) return false;
  try {
    await armClients(subscriptionId).resources.providers.register(namespace);
    return true;
  } catch {
    return false;
  }
};

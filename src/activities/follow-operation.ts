import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { operationSchema } from '../azure/exchange.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { pollOperation } from '../azure/poll-operation.ts';
import { followOperation } from '../deployment/contracts/follow-contracts.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { stepActivity } from './step-activity.ts';

type Followed = ReconcileResult<Record<string, never>>;

/** Reads once how far an operation is that nobody waits for any more. */
export const followOperationActivity = stepActivity(
  followOperation,
  async ({ subscriptionId, resourceId, apiVersion, operation }): Promise<Followed> => {
    const ended: Followed = { kind: 'done', value: {}, change: 'unchanged', resourceId };
    const sent = operationSchema.safeParse(operation).data;
    const state = sent ? await pollOperation(sent) : undefined;
    if (state?.state === 'running') {
      return { kind: 'running', usualSeconds: 0, resourceId, pollAfterSeconds: state.retryAfterSeconds };
    }
    if (state?.state === 'failed') {
      return { kind: 'failed', error: { ...toStepError(state.error.failure), class: 'permanent' } };
    }
    // Azure has forgotten the operation, or names none: the resource itself shows whether it is at work.
    if (state?.state === 'succeeded' || apiVersion === undefined) return ended;
    const { resources } = armClients(subscriptionId).resources;
    const found = await findOrUndefined(resources.getById(resourceId.slice(1), apiVersion));
    const provisioning = resourceSchema.safeParse(found).data?.properties.provisioningState;
    return provisioning === undefined || /^(succeeded|failed|cancell?ed)$/i.test(provisioning)
      ? ended
      : { kind: 'running', usualSeconds: 0, resourceId };
  },
);

const resourceSchema = z.looseObject({ properties: z.looseObject({ provisioningState: z.string() }) });

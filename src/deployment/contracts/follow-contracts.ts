import { z } from 'zod';
import { stepContract } from '../driver/step-contract.ts';
import { storedActorSchema } from '../run/actor.ts';

const runShape = { subscriptionId: z.string(), deploymentId: z.string(), run: z.string() };

/** An operation that Azure continues after a cancel. */
export const followedSchema = z.object({
  step: z.string(),
  resourceId: z.string(),
  /** By which the resource can be read; absent for what is no resource of its own. */
  apiVersion: z.string().optional(),
  operation: z.object({ url: z.string(), kind: z.string() }).optional(),
});

/** Waits until a cancelled run has stopped, and finds what Azure continues. */
export const findUnderWay = stepContract(
  'findUnderWay',
  z.object(runShape),
  z.object({ operations: z.array(followedSchema) }),
  60,
);

/** Follows one such operation to its end. */
export const followOperation = stepContract(
  'followOperation',
  followedSchema.extend({ subscriptionId: z.string() }),
  z.object({}),
  24 * 60,
);

/** Has the cancelled run deleted, unless another one has begun since. */
export const deleteCancelled = stepContract(
  'deleteCancelled',
  z.object({ ...runShape, requestedBy: storedActorSchema.optional() }),
  z.object({}),
  24 * 60,
);

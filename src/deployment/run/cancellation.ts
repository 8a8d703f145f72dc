import { z } from 'zod';
import { type Actor, storedActorSchema } from './actor.ts';
import type { DeploymentError } from './deployment-run.ts';

/** The external event that asks an orchestration of a deployment to stop; raised at each of them, since a parent cannot pass it on. */
export const CANCEL_EVENT = 'cancel';

const cancelRequestSchema = z.object({ by: storedActorSchema.optional() });

/** What the event carries. */
export const cancelRequest = (by: Actor | undefined) => ({ requested: true, ...(by && { by }) });

/** Who asked, as far as that is known. */
export const cancelledBy = (event: unknown): Actor | undefined => cancelRequestSchema.safeParse(event).data?.by;

const CANCELLED = 'DeploymentCancelled';

/** How a branch, or the deployment, ends that was asked to stop. */
export const cancelledError = (step: string): DeploymentError => ({
  step,
  code: CANCELLED,
  message: 'The deployment was cancelled. What was created stays; Azure may still be at work on what was under way.',
  class: 'permanent',
  remedy: 'Send the same request again to go on from what exists.',
});

export const isCancelled = (error: DeploymentError | undefined): boolean => error?.code === CANCELLED;

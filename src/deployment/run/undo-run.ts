import { z } from 'zod';
import { deploymentSchema } from '../request/resolve-deployment.ts';
import { actorSchema } from './actor.ts';

/** The input of the orchestration that undoes a deployment (instance `u:<id>`). */
export const undoRunSchema = z.object({
  /** The run of the deployment that is undone: a later run makes this undo history. */
  run: z.string(),
  deployment: deploymentSchema,
  /** Whether the vault is purged too, instead of staying recoverable for 90 days. */
  purge: z.boolean(),
  /** Nobody asked for it at this moment: its run expired. Then it makes sure first that no other run began meanwhile. */
  expired: z.boolean().optional(),
  requestedBy: actorSchema.optional(),
});

export type UndoRun = z.infer<typeof undoRunSchema>;

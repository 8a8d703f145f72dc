import { z } from 'zod';
import { type Actor, storedActorSchema } from '../actor.ts';
import { schemaVersion } from './schema-version.ts';
import { ifReadable } from './tolerant.ts';

/** The input of the orchestration that follows what Azure continues after a cancel (instances `f:<id>:<run>` and `f:<id>:<run>:delete`). */
export interface FollowRun {
  readonly schemaVersion: number;
  readonly deploymentId: string;
  readonly subscriptionId: string;
  readonly run: string;
  /** Whether the deployment is deleted after that. */
  readonly andDelete: boolean;
  readonly requestedBy?: Actor | undefined;
}

/** The same as any release stored it. */
export const storedFollowSchema: z.ZodType<FollowRun> = z.looseObject({
  schemaVersion,
  deploymentId: z.string(),
  subscriptionId: z.string(),
  run: z.string(),
  andDelete: z.boolean().default(false),
  requestedBy: ifReadable(storedActorSchema),
});

import { z } from 'zod';
import type { Deployment } from '../../request/resolve-deployment.ts';
import { type Actor, storedActorSchema } from '../actor.ts';
import type { Instance } from '../instance.ts';
import { schemaVersion } from './schema-version.ts';
import { storedDeploymentSchema } from './stored-deployment.ts';
import { ifReadable, readableOf } from './tolerant.ts';

/** The input of the orchestration that undoes a deployment (instance `u:<id>`). */
export interface UndoRun {
  readonly schemaVersion: number;
  /** The run of the deployment that is undone: a later run makes this undo history. */
  readonly run: string;
  readonly deployment: Deployment;
  /** Deployments of earlier runs, with other names, of which something may be left. */
  readonly earlier?: readonly Deployment[] | undefined;
  /** Whether the vault is purged too, instead of staying recoverable for 90 days. */
  readonly purge: boolean;
  /** Nobody asked for it at this moment: its run expired. Then it makes sure first that no other run began meanwhile. */
  readonly expired?: boolean | undefined;
  readonly requestedBy?: Actor | undefined;
}

/** The same as any release stored it. */
export const storedUndoSchema: z.ZodType<UndoRun> = z.looseObject({
  schemaVersion,
  run: z.string(),
  deployment: storedDeploymentSchema,
  earlier: ifReadable(readableOf(storedDeploymentSchema)),
  purge: z.boolean().default(false),
  expired: z.boolean().optional(),
  requestedBy: ifReadable(storedActorSchema),
});

const askedSchema = z.looseObject({ requestedBy: ifReadable(storedActorSchema) });

const purgingSchema = z.looseObject({ purge: ifReadable(z.boolean()) });

/** Whether an undo purges the vault; undefined when that is unknown. */
export const purgesOf = ({ input }: Instance): boolean | undefined => purgingSchema.safeParse(input).data?.purge;

/** Who asked for an undo, as far as that is known. */
export const requesterOf = ({ input }: Instance): Actor | undefined => askedSchema.safeParse(input).data?.requestedBy;

import { z } from 'zod';
import { deploymentIdOf } from '../names/instance-ids.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { type Actor, storedActorSchema } from './actor.ts';
import type { WhatExists } from './deployed.ts';
import type { DeploymentRun, EarlierRun } from './deployment-run.ts';
import type { Instance } from './instance.ts';
import { salvageDeployment } from './stored/salvage-deployment.ts';
import { whatExistsFields } from './stored/stored-deployed.ts';
import { storedEarlierRunSchema, storedRunSchema } from './stored/stored-run.ts';
import { storedStatusSchema } from './stored/stored-status.ts';
import { ifReadable, readableOf } from './stored/tolerant.ts';

/** The run of a record that does not say which it is of. */
export const UNKNOWN_RUN = 'unknown';

/** What is known of a deployment from its record, whichever release stored it. */
export interface DeploymentRecord {
  readonly id: string;
  readonly runId: string;
  /** Undefined when another release stored it in a way that this one cannot read. */
  readonly run: DeploymentRun | undefined;
  /** Its owner; undefined also when that is unknown. */
  readonly owner: string | undefined;
  readonly approval: unknown;
  readonly requestedBy: Actor | undefined;
  readonly correlationId: string | undefined;
  /** Where its resources are, with all names that are known; undefined when subscription or resource group are not. */
  readonly deployment: Deployment | undefined;
  readonly earlierRuns: readonly EarlierRun[];
  /** What exists of earlier runs, as it was when this one began. */
  readonly inherited: WhatExists;
  /** When the deployment was created; unlike an instance's this stays from run to run. */
  readonly createdAt: Date;
}

const outlineSchema = z.looseObject({
  run: ifReadable(z.string()),
  deployment: z.unknown().optional(),
  earlierRuns: ifReadable(readableOf(storedEarlierRunSchema)),
  ...whatExistsFields,
  approval: z.unknown().optional(),
  requestedBy: ifReadable(storedActorSchema),
  owner: ifReadable(z.string()),
});

const correlatedSchema = z.looseObject({ correlationId: z.string() });

/** Reads the record of a deployment (instance `d:<id>`): there is one for every instance, be it readable or not. */
export const recordOf = (instance: Instance): DeploymentRecord => {
  const id = deploymentIdOf(instance.instanceId) ?? instance.instanceId;
  const run = runOf(instance);
  const outline = outlineSchema.safeParse(instance.input).data;
  const { owner, approval, requestedBy, earlierRuns = [], createdAt } = run ?? outline ?? {};
  const { deployed, changedBy = [], earlier = [] } = run ?? outline ?? {};
  const deployment = run?.deployment ?? salvageDeployment(outline?.deployment, id);
  const correlationId =
    deployment?.correlationId ?? correlatedSchema.safeParse(outline?.deployment).data?.correlationId;
  return {
    id,
    runId: runIdOf(instance),
    run,
    owner,
    approval,
    requestedBy,
    correlationId,
    deployment,
    earlierRuns,
    inherited: { deployed, changedBy, earlier },
    createdAt: createdAt === undefined ? instance.createdTime : new Date(createdAt),
  };
};

/** The run that an instance carries out; undefined when the instance is none of ours or of a release that is not understood. */
export const runOf = ({ input }: Instance): DeploymentRun | undefined => storedRunSchema.safeParse(input).data;

/** The run that a deployment or its undo is of; undefined when it does not say. */
export const statedRunOf = ({ input, customStatus }: Pick<Instance, 'input' | 'customStatus'>): string | undefined =>
  outlineSchema.safeParse(input).data?.run ?? storedStatusSchema.safeParse(customStatus).data?.run;

/** The same with a name for a run that is unknown. */
export const runIdOf = (instance: Pick<Instance, 'input' | 'customStatus'>): string =>
  statedRunOf(instance) ?? UNKNOWN_RUN;

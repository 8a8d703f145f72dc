import type { Deployment } from '../request/resolve-deployment.ts';
import { namesTheSame, type WhatExists } from './deployed.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { customStatusOf, deploymentStatus, hasEnded } from './deployment-status.ts';
import type { Instance } from './instance.ts';
import { outputsOfInstance } from './outputs-of-instance.ts';
import { recordedSteps } from './recorded-steps.ts';
import type { StoredStep } from './stored/stored-status.ts';

/** No record remembers more. */
const MOST_KEPT = 10;

const NOTHING: WhatExists = { changedBy: [], earlier: [] };

/**
 * What exists of a deployment after its latest run, or now if that has not ended: what that run made if it succeeded, else what it inherited. Nothing once it
 * is deleted.
 *
 * @param branches - those of the latest run; they are not needed when it succeeded.
 * @param undo - that of the latest run.
 */
export const whatExists = (
  record: DeploymentRecord,
  instance: Instance,
  branches: readonly Instance[],
  undo: Instance | undefined,
): WhatExists => {
  if (undo && deploymentStatus(undo) === 'Succeeded') return NOTHING;
  const { runId: run, deployment, inherited } = record;
  const undone = undo ? changedSteps(customStatusOf(undo)?.steps ?? [], undo) : [];
  if (deploymentStatus(instance) === 'Succeeded' && deployment) {
    const endedAt = instance.lastUpdatedTime.toISOString();
    const deployed = { run, endedAt, deployment, outputs: outputsOfInstance(instance) };
    const changedBy = undone.length > 0 ? [{ run, steps: undone }] : [];
    return { deployed, changedBy, earlier: [deployment, ...inherited.earlier] };
  }
  const steps = [...changedSteps([...recordedSteps(instance, branches).values()], instance), ...undone];
  if (steps.length === 0) return inherited;
  return {
    deployed: inherited.deployed,
    changedBy: [...inherited.changedBy, { run, steps }].slice(-MOST_KEPT),
    earlier: [...(deployment ? [deployment] : []), ...inherited.earlier],
  };
};

/** The steps that may have changed something; of those that are being called at this moment only the ones that said so at a call before. */
const changedSteps = (steps: readonly StoredStep[], instance: Instance): readonly string[] => {
  const ended = hasEnded(deploymentStatus(instance));
  return steps.filter((step) => mayHaveChanged(step, ended)).map(({ name }) => name);
};

const mayHaveChanged = ({ state, change, wrote }: StoredStep, ended: boolean): boolean => {
  if (wrote) return true;
  if (state === 'Succeeded') return change !== 'unchanged';
  // A crash, or an operator's terminate, came before it could say what it had sent.
  return ended && (state === 'Running' || state === 'Retrying');
};

/** What a run for `next` inherits. */
export const inheritedBy = (next: Deployment, { deployed, changedBy, earlier }: WhatExists): WhatExists => ({
  deployed,
  changedBy,
  earlier: earlier
    .filter((each, index) => earlier.findIndex((other) => namesTheSame(each, other)) === index)
    .filter((each) => !namesTheSame(each, next))
    .slice(0, MOST_KEPT),
});

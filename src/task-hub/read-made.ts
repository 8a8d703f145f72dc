import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { type DeploymentRecord, recordOf } from '../deployment/run/deployment-record.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { recordedSteps } from '../deployment/run/recorded-steps.ts';
import { knowsAllMade, madeByRuns } from '../steps/made-by-runs.ts';
import { findBranches } from './find-branches.ts';
import type { TaskHub } from './task-hub.ts';

/** What the record says that the runs of a deployment made. */
export interface Made {
  /** The ids of resources and roles. */
  readonly ids: readonly string[];
  /** Whether that is all. If not, what stands under the deployment's names counts as made too. */
  readonly complete: boolean;
}

/** Reads what the runs of a deployment made, the latest included. */
export const readMade = async (hub: TaskHub, deploymentId: string): Promise<Made> => {
  const instance = await hub.find(deploymentInstanceId(deploymentId));
  return instance ? readMadeUntil(hub, recordOf(instance), instance) : { ids: [], complete: false };
};

/** The same of a record that was read. */
export const readMadeUntil = async (hub: TaskHub, record: DeploymentRecord, instance: Instance): Promise<Made> => {
  const steps = recordedSteps(instance, await findBranches(hub, record));
  return { ids: madeByRuns(record, steps), complete: knowsAllMade(record) };
};

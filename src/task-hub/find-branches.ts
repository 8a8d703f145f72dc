import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { branchInstanceIds } from '../steps/branch-instance-ids.ts';
import type { TaskHub } from './task-hub.ts';

/** The branches of a deployment's latest run, as far as they have begun and are kept. */
export const findBranches = async (hub: TaskHub, { runId, run, deployment }: DeploymentRecord): Promise<Instance[]> => {
  const ids = deployment ? branchInstanceIds({ run: runId, deployment, steps: run?.steps }) : [];
  const found = await Promise.all(ids.map((id) => hub.find(id)));
  return found.filter((branch) => branch !== undefined);
};

import type { DeploymentRecord } from './deployment-record.ts';
import { UNKNOWN_RUN } from './deployment-record.ts';
import { deploymentStatus, hasEnded } from './deployment-status.ts';
import type { Instance } from './instance.ts';

/**
 * Whether the expiry of a run still counts. That of the latest run does; but when that ended without success, the expiry of what exists counts and not its own. Until
 * the latest run has succeeded, what exists keeps its expiry.
 */
export const mayExpire = (run: string, { runId, inherited }: DeploymentRecord, instance: Instance): boolean => {
  const status = deploymentStatus(instance);
  if (runId !== run && runId !== UNKNOWN_RUN) return inherited.deployed?.run === run && status !== 'Succeeded';
  return status === 'Succeeded' || !hasEnded(status) || inherited.deployed === undefined;
};

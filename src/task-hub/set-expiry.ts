import { expiryInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { EXPIRY_EVENT } from '../deployment/run/expiry.ts';
import { SCHEMA_VERSION } from '../deployment/run/stored/schema-version.ts';
import type { ExpiryRun } from '../deployment/run/stored/stored-expiry.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Has a run expire as a POST says, whatever one before said.
 *
 * @param expiresAt - an instant or a duration; undefined for never.
 */
export const setExpiry = async (
  hub: TaskHub,
  { run, deployment }: DeploymentRun,
  expiresAt: string | undefined,
): Promise<void> => {
  const instanceId = expiryInstanceId(deployment.id, run);
  const existing = await hub.find(instanceId);
  if (existing && !hasEnded(deploymentStatus(existing))) {
    await hub.raise(instanceId, EXPIRY_EVENT, { expiresAt: expiresAt ?? null });
    const after = await hub.find(instanceId);
    // One that ended at this moment may not have heard.
    if (after && !hasEnded(deploymentStatus(after))) return;
  }
  if (expiresAt === undefined) return;
  const input: ExpiryRun = { schemaVersion: SCHEMA_VERSION, deploymentId: deployment.id, run, expiresAt };
  try {
    await hub.start('expiry', instanceId, input);
  } catch (error) {
    // Another POST of the same moment may have been first: the later one counts.
    const other = await hub.find(instanceId);
    if (!other || hasEnded(deploymentStatus(other))) throw error;
    await hub.raise(instanceId, EXPIRY_EVENT, { expiresAt });
  }
};

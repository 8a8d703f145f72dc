import { mayReach } from '../../callers/may-reach.ts';
import {
  callbackInstanceId,
  deploymentInstanceId,
  driftInstanceId,
  expiryInstanceId,
  followInstanceId,
} from '../../deployment/names/instance-ids.ts';
import { deploymentIdPattern } from '../../deployment/request/deployment-request.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { type DeploymentRecord, recordOf } from '../../deployment/run/deployment-record.ts';
import type { DeploymentRun } from '../../deployment/run/deployment-run.ts';
import { deploymentStatus } from '../../deployment/run/deployment-status.ts';
import type { Instance } from '../../deployment/run/instance.ts';
import { type DeploymentResponse, deploymentResponse } from '../../status/deployment-response.ts';
import { unreadableReason } from '../../status/unreadable-reason.ts';
import { findBranches } from '../../task-hub/find-branches.ts';
import { findUndo } from '../../task-hub/find-undo.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

export interface LoadedRecord {
  readonly record: DeploymentRecord;
  readonly instance: Instance;
}

export interface LoadedDeployment extends LoadedRecord {
  readonly run: DeploymentRun;
}

/**
 * The record of the deployment that the request's path names, whether it can be read or not.
 *
 * @throws ProblemError 404 when there is none, or none for this caller.
 */
export const loadRecord = async ({ request, hub, caller, needs }: Call): Promise<LoadedRecord> => {
  const id = request.params.id ?? '';
  // The SDK writes an id into a URL as it stands: nothing else than an id may get there.
  const instance = deploymentIdPattern.test(id) ? await hub.find(deploymentInstanceId(id)) : undefined;
  const record = instance && recordOf(instance);
  if (record && mayReach(caller, needs, record)) return { record, instance };
  throw new ProblemError(
    404,
    'deployment-not-found',
    'There is no such deployment',
    `No deployment has the id "${id.slice(0, 64)}". GET /api/deployments lists those there are.`,
  );
};

/** The same where nothing can be done without all of it. @throws ProblemError 404, and 409 when it cannot be read */
export const loadDeployment = async (call: Call): Promise<LoadedDeployment> => {
  const loaded = await loadRecord(call);
  const { run } = loaded.record;
  if (!run) throw unreadable(call, loaded.record);
  return { ...loaded, run };
};

/** Where the deployment is and how its resources are named. @throws ProblemError 409 when that is unknown. */
export const requireDeployment = (call: Call, record: DeploymentRecord): Deployment => {
  if (!record.deployment) throw unreadable(call, record);
  return record.deployment;
};

/** Says that another version of the service recorded a deployment. */
export const unreadable = ({ request }: Call, record: DeploymentRecord): ProblemError =>
  new ProblemError(
    409,
    'deployment-unreadable',
    'The deployment was recorded by another version of the service',
    `The deployment "${record.id}": ${unreadableReason(record)}`,
    { extensions: { id: record.id, urls: deploymentUrls(request, record.id) } },
  );

/** The deployment with its steps; those of the branches are read from the branches while the whole has not succeeded. */
export const responseOf = async (hub: TaskHub, loaded: LoadedRecord): Promise<DeploymentResponse> => {
  const { record, instance } = loaded;
  const { id, runId } = record;
  const before = deploymentStatus(instance) === 'Succeeded' ? undefined : record.inherited.deployed?.run;
  const [undo, callback, expiry, deployedExpiry, drift, follow, deletion, branches] = await Promise.all([
    findUndo(hub, loaded),
    hub.find(callbackInstanceId(id, runId)),
    hub.find(expiryInstanceId(id, runId)),
    before === undefined ? undefined : hub.find(expiryInstanceId(id, before)),
    hub.find(driftInstanceId(id)),
    hub.find(followInstanceId(id, runId, false)),
    hub.find(followInstanceId(id, runId, true)),
    deploymentStatus(instance) === 'Succeeded' ? [] : findBranches(hub, record),
  ]);
  return deploymentResponse(record, instance, branches, {
    undo,
    callback,
    expiry,
    deployedExpiry,
    drift,
    follow,
    deletion,
  });
};

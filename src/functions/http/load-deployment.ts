import { mayReach } from '../../callers/may-reach.ts';
import { branchesOf } from '../../deployment/driver/planned-steps.ts';
import {
  branchInstanceId,
  callbackInstanceId,
  deploymentInstanceId,
  driftInstanceId,
  expiryInstanceId,
  undoInstanceId,
} from '../../deployment/names/instance-ids.ts';
import { deploymentIdPattern } from '../../deployment/request/deployment-request.ts';
import type { DeploymentRun } from '../../deployment/run/deployment-run.ts';
import {
  type DeploymentResponse,
  deploymentResponse,
  deploymentStatus,
  type Instance,
  isUndoOf,
  runOf,
} from '../../status/deployment-response.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

export interface LoadedDeployment {
  readonly run: DeploymentRun;
  readonly instance: Instance;
}

/**
 * The deployment that the request's path names.
 *
 * @throws ProblemError 404 when there is none, or none for this caller.
 */
export const loadDeployment = async ({ request, hub, caller, needs }: Call): Promise<LoadedDeployment> => {
  const id = request.params.id ?? '';
  // The SDK writes an id into a URL as it stands: nothing else than an id may get there.
  const instance = deploymentIdPattern.test(id) ? await hub.find(deploymentInstanceId(id)) : undefined;
  const run = instance && runOf(instance);
  if (run && mayReach(caller, needs, run)) return { run, instance };
  throw new ProblemError(
    404,
    'deployment-not-found',
    'There is no such deployment',
    `No deployment has the id "${id.slice(0, 64)}". GET /api/deployments lists those there are.`,
  );
};

/** The undo of the deployment's present run, if it was asked for. */
export const findUndo = async (hub: TaskHub, { run, instance }: LoadedDeployment): Promise<Instance | undefined> => {
  const undo = await hub.find(undoInstanceId(run.deployment.id));
  return undo && isUndoOf(instance, undo) ? undo : undefined;
};

/** The deployment with its steps; those of the branches are read from the branches while the whole has not succeeded. */
export const responseOf = async (hub: TaskHub, loaded: LoadedDeployment): Promise<DeploymentResponse> => {
  const { run, instance } = loaded;
  const { deployment } = run;
  const names = deploymentStatus(instance) === 'Succeeded' ? [] : branchesOf(deployment);
  const [undo, callback, expiry, drift, ...branches] = await Promise.all([
    findUndo(hub, loaded),
    hub.find(callbackInstanceId(deployment.id, run.run)),
    hub.find(expiryInstanceId(deployment.id, run.run)),
    hub.find(driftInstanceId(deployment.id)),
    ...names.map((branch) => hub.find(branchInstanceId(deployment.id, run.run, branch))),
  ]);
  return deploymentResponse(
    run,
    instance,
    branches.filter((branch) => branch !== undefined),
    { undo, callback, expiry, drift },
  );
};

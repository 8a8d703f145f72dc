import type { DurableClient } from 'durable-functions';
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
import { findInstance } from '../../task-hub/instances.ts';
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
export const loadDeployment = async ({ request, client, caller, needs }: Call): Promise<LoadedDeployment> => {
  const id = request.params.id ?? '';
  // The SDK writes an id into a URL as it stands: nothing else than an id may get there.
  const instance = deploymentIdPattern.test(id) ? await findInstance(client, deploymentInstanceId(id)) : undefined;
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
export const findUndo = async (
  client: DurableClient,
  { run, instance }: LoadedDeployment,
): Promise<Instance | undefined> => {
  const undo = await findInstance(client, undoInstanceId(run.deployment.id));
  return undo && isUndoOf(instance, undo) ? undo : undefined;
};

/** The deployment with its steps; those of the branches are read from the branches while the whole has not succeeded. */
export const responseOf = async (client: DurableClient, loaded: LoadedDeployment): Promise<DeploymentResponse> => {
  const { run, instance } = loaded;
  const { deployment } = run;
  const names = deploymentStatus(instance) === 'Succeeded' ? [] : branchesOf(deployment);
  const [undo, callback, expiry, drift, ...branches] = await Promise.all([
    findUndo(client, loaded),
    findInstance(client, callbackInstanceId(deployment.id, run.run)),
    findInstance(client, expiryInstanceId(deployment.id, run.run)),
    findInstance(client, driftInstanceId(deployment.id)),
    ...names.map((branch) => findInstance(client, branchInstanceId(deployment.id, run.run, branch))),
  ]);
  return deploymentResponse(
    run,
    instance,
    branches.filter((branch) => branch !== undefined),
    { undo, callback, expiry, drift },
  );
};

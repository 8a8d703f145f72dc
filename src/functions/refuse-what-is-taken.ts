import { readSettings } from '../azure/settings.ts';
import { mayReach } from '../callers/may-reach.ts';
import type { DeploymentRun } from '../deployment/deployment-run.ts';
import { hasEnded, type Instance, isUndoOf, runOf, statusWithUndo } from '../deployment/deployment-view.ts';
import { groupOfExisting } from '../deployment/existing-resources.ts';
import { deploymentInstancePrefix, undoInstanceId, undoInstancePrefix } from '../deployment/instance-ids.ts';
import type { Deployment } from '../deployment/resolve-deployment.ts';
import { listInstances } from '../task-hub/instances.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

/**
 * Keeps a caller from what others have: an id, a resource group, and what stands in one, belong to whoever's deployment has them until that is deleted.
 * Nothing is told of the other's but that there is something. Without callers that are told apart, nothing is refused.
 *
 * @throws ProblemError 409 when something is taken, 429 when the caller has as many deployments running as one may.
 */
export const refuseWhatIsTaken = async (call: Call, deployment: Deployment): Promise<void> => {
  const { caller, needs, context } = call;
  if (caller === undefined) return;
  const present = await findPresent(context);
  const others = present.filter(({ run }) => !mayReach(caller, needs, run));
  if (others.some(({ run }) => run.deployment.id === deployment.id)) throw nameTaken('id', deployment.id);
  const groups = new Set(others.map(({ run }) => keyOf(run.deployment)));
  if (groups.has(keyOf(deployment))) throw nameTaken('resourceGroupName', deployment.resourceGroupName);
  for (const [name, id] of Object.entries(deployment.existing ?? {})) {
    if (id !== undefined && groups.has(keyOf(groupOfExisting(id, deployment)))) throw nameTaken(`existing.${name}`, id);
  }
};

/**
 * @throws ProblemError 429 when the caller has as many deployments running as one caller may.
 */
export const refuseTooMany = async (call: Call, deployment: Deployment): Promise<void> => {
  const { caller, context } = call;
  const { MAX_RUNNING_DEPLOYMENTS_PER_CALLER: most } = readSettings();
  if (caller === undefined || most === undefined) return;
  const running = (await findPresent(context)).filter(
    ({ run, ended }) => !ended && run.deployment.id !== deployment.id && run.requestedBy?.id === caller.id,
  );
  if (running.length < most) return;
  throw new ProblemError(
    429,
    'too-many-deployments',
    'The caller has too many deployments running',
    `Deployments of yours that are running: ${running.length}; one caller may have ${most} at once. Wait for the end of one, or cancel one.`,
    { headers: { 'Retry-After': '60' } },
  );
};

/** A deployment that was not deleted. */
interface Present {
  readonly run: DeploymentRun;
  readonly ended: boolean;
}

const findPresent = async (context: Call['context']): Promise<Present[]> => {
  const [deployments, undos] = await Promise.all([
    listInstances(context, deploymentInstancePrefix, { showInput: true }),
    listInstances(context, undoInstancePrefix),
  ]);
  const undoById = new Map(undos.map((undo) => [undo.instanceId, undo]));
  return deployments.flatMap((instance) => {
    const run = runOf(instance);
    if (!run) return [];
    const undo = undoById.get(undoInstanceId(run.deployment.id));
    return isDeleted(instance, undo) ? [] : [{ run, ended: hasEnded(statusOf(instance, undo)) }];
  });
};

const statusOf = (instance: Instance, undo: Instance | undefined) =>
  statusWithUndo(instance, undo && isUndoOf(instance, undo) ? undo : undefined);

/** Whether a deployment was undone: its id and its resource group are free then. */
export const isDeleted = (instance: Instance, undo: Instance | undefined): boolean =>
  statusOf(instance, undo) === 'Deleted';

/** Azure does not tell the names of groups apart by case. */
const keyOf = ({
  subscriptionId,
  resourceGroupName,
}: Pick<Deployment, 'subscriptionId' | 'resourceGroupName'>): string =>
  `${subscriptionId}/${resourceGroupName}`.toLowerCase();

/** Says that a name belongs to somebody else's deployment, and nothing about that. */
export const nameTaken = (field: string, value: string): ProblemError => {
  const message = `${value} is taken: a deployment of somebody else has it`;
  return new ProblemError(409, 'name-taken', 'The name is taken', `${field} ${message}. Choose another one.`, {
    extensions: { errors: [{ field, message }] },
  });
};

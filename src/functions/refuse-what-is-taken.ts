import { mayReach } from '../callers/may-reach.ts';
import { groupOfExisting } from '../deployment/existing-resources.ts';
import type { Deployment } from '../deployment/resolve-deployment.ts';
import { findPresent } from '../task-hub/find-present.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

/**
 * Keeps a caller from what others have: an id, a resource group, and what stands in one, belong to whoever's deployment has them until that is deleted.
 * Nothing is told of the other's but that there is something. Without callers that are told apart, nothing is refused.
 *
 * @throws ProblemError 409 when something is taken.
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

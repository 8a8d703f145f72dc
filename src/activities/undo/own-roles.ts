import type { OwnedResource } from '../../deployment/contracts/owned-resource.ts';
import { isWithin } from '../../deployment/names/management-lock.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { isRoleAssignment } from '../../steps/made-by-runs.ts';
import { networkAccess } from '../../steps/network-access.ts';
import type { StepCore } from '../../steps/step.ts';
import { implementationOf } from '../implementation-of.ts';
import { recordedRole } from '../owned-role.ts';
import { isSame } from './survey-group.ts';

/**
 * The roles that a step gave to the clusters that are deleted, by all deployments of earlier runs. Those of a cluster that stays are left to it.
 *
 * @param clusterNames - the clusters that are the deployment's own, and stand.
 */
export const rolesOf = async (
  step: StepCore,
  deployments: readonly Deployment[],
  clusterNames: readonly string[],
): Promise<readonly OwnedResource[]> => {
  const { findOwned } = implementationOf(step.name);
  if (!findOwned) return [];
  const asked = deployments.flatMap((deployment) =>
    clusterNames.map((clusterName) => ({ ...deployment, clusterName })),
  );
  return distinctResources((await Promise.all(asked.map((each) => findOwned(each)))).flat());
};

/** The roles of clusters that are gone, as the record names them: an undo before this one may have ended between the two. */
export const recordedRoles = (made: readonly string[], groupId: string): readonly OwnedResource[] =>
  made
    .filter((id) => isRoleAssignment(id) && !isWithin(id, groupId))
    .map((id) => recordedRole(/\/subnets\//i.test(id) ? networkAccess.name : 'acr-pull', id));

/** Each resource once, the first of each. */
export const distinctResources = (all: readonly OwnedResource[]): OwnedResource[] =>
  all.filter(({ resourceId }, index) => all.findIndex((other) => isSame(other.resourceId, resourceId)) === index);

import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { isRestError } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { AzureOperationError } from '../azure/azure-failure.ts';
import { appIdentity } from '../azure/credential.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { Running } from '../deployment/progress.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/role-assignment-name.ts';
import { allowsAction, type RolePermission } from '../deployment/role-permissions.ts';
import { preflight } from '../deployment/step-contracts.ts';
import { checkImmutables } from './check-immutables.ts';
import { findRoleAssignment } from './ensure-role-assignment.ts';
import { placeInQueue } from './place-in-queue.ts';
import { stepActivity } from './step-activity.ts';

const ASSIGN_ROLES = 'Microsoft.Authorization/roleAssignments/write';

/**
 * What is cheaper to learn before the first change than after: the subscription's tenant, what exists and cannot become what is wanted, and whether
 * the service may assign roles, without which the deployment would fail only after the ten minutes of the cluster.
 */
export const preflightActivity = stepActivity(preflight, async (input, _, context) => {
  const { subscriptionId, resourceGroupName } = input;
  const place = input.outOfTurn ? 0 : await placeInQueue(context, input);
  if (place > 0) return waitForTurn(place);
  const { subscriptions, authorization } = armClients(subscriptionId);
  const tenantId = await readTenant(subscriptions, subscriptionId);

  const groupExists = await checkImmutables(input);
  const permissions = await readPermissions(authorization, groupExists ? resourceGroupName : undefined);
  if (permissions === 'refused') {
    const warning = `Whether the service may assign roles could not be checked (no right to read permissions); if it may not, the step acr-pull will fail.`;
    return { kind: 'done', value: { tenantId, warnings: [warning] }, change: 'unchanged' };
  }
  if (!allowsAction(permissions, ASSIGN_ROLES) && !(await isAssigned(input))) {
    const { objectId } = await appIdentity();
    throw new AzureOperationError({
      code: 'AuthorizationFailed',
      message: `The identity of the service (object id ${objectId}) may not perform ${ASSIGN_ROLES} in the resource group ${resourceGroupName}, which the step acr-pull needs.`,
    });
  }
  return { kind: 'done', value: { tenantId, warnings: [] }, change: 'unchanged' };
});

/** The further back in the queue, the later the next look. */
const waitForTurn = (place: number): Running => ({
  kind: 'running',
  usualSeconds: 0,
  pollAfterSeconds: 10 + 2 * place,
  note: `Waits for its turn, at place ${place}: as many deployments run in this subscription as the service allows at once.`,
});

/** Who may not read the subscription has at least a token of its tenant. */
const readTenant = async (client: SubscriptionClient, subscriptionId: string): Promise<string> => {
  try {
    const { tenantId } = await client.subscriptions.get(subscriptionId);
    if (tenantId) return tenantId;
  } catch (error) {
    if (!isRestError(error) || error.statusCode !== 403) throw error;
  }
  return (await appIdentity()).tenantId;
};

/** Whether somebody has given AcrPull to the cluster already: then the deployment does without the right to. */
const isAssigned = async (input: z.infer<typeof preflight.input>): Promise<boolean> => {
  const { subscriptionId, resourceGroupName, clusterName, registryName } = input;
  const { managedClusters } = armClients(subscriptionId).clusters;
  const cluster = await findOrUndefined(managedClusters.get(resourceGroupName, clusterName));
  const principalId = cluster?.identityProfile?.kubeletidentity?.objectId;
  if (principalId === undefined) return false;
  const scope = resourceId(input, 'Microsoft.ContainerRegistry/registries', registryName);
  const wanted = { subscriptionId, scope, principalId, roleId: ACR_PULL_ROLE_ID };
  return (await findOrUndefined(findRoleAssignment(wanted))) !== undefined;
};

const readPermissions = async (
  client: AuthorizationManagementClient,
  resourceGroupName: string | undefined,
): Promise<readonly RolePermission[] | 'refused'> => {
  try {
    if (resourceGroupName === undefined) return await subscriptionPermissions(client);
    return await collect(client.permissions.listForResourceGroup(resourceGroupName));
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return 'refused';
    throw error;
  }
};

/** Before the resource group exists: what the roles that the identity holds at the subscription (or above) allow. */
const subscriptionPermissions = async (client: AuthorizationManagementClient): Promise<RolePermission[]> => {
  const { objectId } = await appIdentity();
  const assignments = await collect(
    client.roleAssignments.listForSubscription({ filter: `assignedTo('${objectId}')` }),
  );
  // The filter also gives what the identity holds further down, in groups of others.
  const roleIds = new Set(
    assignments.flatMap(({ scope = '', roleDefinitionId }) =>
      /\/resourceGroups\//i.test(scope) || roleDefinitionId === undefined ? [] : [roleDefinitionId],
    ),
  );
  const roles = await Promise.all([...roleIds].map((id) => client.roleDefinitions.getById(id.replace(/^\//, ''))));
  return roles.flatMap(({ permissions }) => permissions ?? []);
};

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

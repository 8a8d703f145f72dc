/** The id of a resource group. */
export const resourceGroupId = (subscriptionId: string, resourceGroupName: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;

/**
 * The id of a resource in a group.
 * @param type - e.g. `Microsoft.KeyVault/vaults`.
 */
export const resourceId = (
  { subscriptionId, resourceGroupName }: { readonly subscriptionId: string; readonly resourceGroupName: string },
  type: string,
  name: string,
): string => `${resourceGroupId(subscriptionId, resourceGroupName)}/providers/${type}/${name}`;

const GROUP = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)$/i;

/** Whether an id is that of a resource group. */
export const isResourceGroup = (id: string): boolean => GROUP.test(id);

/** Where a resource group is, and its name, read from its id. */
export const partsOfGroup = (id: string): { readonly subscriptionId: string; readonly resourceGroupName: string } => {
  const [, subscriptionId = '', resourceGroupName = ''] = GROUP.exec(id) ?? [];
  return { subscriptionId, resourceGroupName };
};

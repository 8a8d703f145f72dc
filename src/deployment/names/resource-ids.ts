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

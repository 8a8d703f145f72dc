/** Where a resource group is, and its name. */
export interface Group {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
}

/** Whether two are the same resource group. Azure compares names without regard to case. */
export const isSameGroup = (a: Group, b: Group): boolean =>
  a.subscriptionId.toLowerCase() === b.subscriptionId.toLowerCase() &&
  a.resourceGroupName.toLowerCase() === b.resourceGroupName.toLowerCase();

/**
 * Whether two are the same place of a deployment: the same resource group, written alike. Resource ids and default names are made of its name as it is written,
 * so that one written in other letters would be compared with the first as if it were another.
 */
export const isSamePlace = (a: Group, b: Group): boolean =>
  isSameGroup(a, b) && a.resourceGroupName === b.resourceGroupName;

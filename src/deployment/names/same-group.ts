/** Where a resource group is, and its name. */
export interface Group {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
}

/** Whether two are the same resource group. Azure compares names without regard to case. */
export const isSameGroup = (a: Group, b: Group): boolean =>
  a.subscriptionId.toLowerCase() === b.subscriptionId.toLowerCase() &&
  a.resourceGroupName.toLowerCase() === b.resourceGroupName.toLowerCase();

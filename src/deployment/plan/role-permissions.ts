/** What a role or an assignment allows, as Azure RBAC writes it. */
export interface RolePermission {
  readonly actions?: readonly string[] | undefined;
  readonly notActions?: readonly string[] | undefined;
}

/**
 * Whether a set of permissions allows an action: one of them names it in `actions` and not in `notActions`; `*` stands for any text.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#control-and-data-actions
 */
export const allowsAction = (permissions: readonly RolePermission[], action: string): boolean =>
  permissions.some(
    ({ actions = [], notActions = [] }) =>
      actions.some((pattern) => covers(pattern, action)) && !notActions.some((pattern) => covers(pattern, action)),
  );

const covers = (pattern: string, action: string): boolean => {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i').test(action);
};

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

/** `*` stands for any text; case does not count. Every part between stars is looked for once. */
const covers = (pattern: string, action: string): boolean => {
  const text = action.toLowerCase();
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
};

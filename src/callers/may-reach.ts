import type { Caller } from './caller.ts';
import type { Role } from './role.ts';

/**
 * Whether a deployment is there for a caller. One's own is; for holders of Deployments.All everybody's; for approvers also what needs approval, where
 * reading and deciding go. To all others it does not exist.
 *
 * @param caller - undefined where callers are not told apart: then everything is there.
 * @param needs - the roles one of which the route asks for.
 */
export const mayReach = (
  caller: Caller | undefined,
  needs: readonly Role[],
  record: { readonly owner?: string | undefined; readonly approval?: unknown } | undefined,
): boolean => {
  if (caller === undefined || caller.roles.includes('Deployments.All')) return true;
  if (record === undefined) return false;
  if (record.owner === caller.id) return true;
  const decides = needs.includes('Deployments.Approve') && caller.roles.includes('Deployments.Approve');
  return decides && record.approval !== undefined;
};

import type { Claims } from '../entra/tokens.ts';
import type { Authorization } from '../state/journal.ts';
import type { World } from '../state/world.ts';
import type { AskedAttributes } from './assignments.ts';

/**
 * Whether a caller may perform an action on a scope.
 *
 * @param asked - where the question is taken down, for the journal.
 * @param attributes - what the conditions of role assignments look at.
 */
export const authorize = (
  world: World,
  { oid }: Pick<Claims, 'oid'>,
  action: string,
  scope: string,
  asked: Authorization[],
  attributes?: () => AskedAttributes,
): boolean => {
  asked.push({ principalId: oid, action, scope });
  return world.assignments.may(oid, action, scope, attributes);
};

import type { Authorization } from '../state/journal.ts';
import type { AccessWorld } from './access-world.ts';
import type { AskedAttributes } from './assignments.ts';

/**
 * Whether a principal may perform an action on a scope.
 *
 * @param asked - where the question is taken down, for the journal.
 * @param attributes - what the conditions of role assignments read.
 */
export const authorize = (
  { assignments }: AccessWorld,
  principalId: string,
  action: string,
  scope: string,
  asked: Authorization[],
  attributes?: () => AskedAttributes,
): boolean => {
  asked.push({ principalId, action, scope });
  return assignments.may(principalId, action, scope, attributes);
};

import type { AskedAttributes } from '../access/assignments.ts';
import type { Answer } from '../http/answer.ts';
import type { ErrorShape } from '../http/http-error.ts';
import type { World } from '../state/world.ts';
import type { ArmRequest } from './arm-request.ts';

export type Method = 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

export const SUBSCRIPTION = '/subscriptions/{subscription}';
export const GROUP = `${SUBSCRIPTION}/resourceGroups/{group}`;

/**
 * One operation of one resource type.
 *
 * @typeParam W - what its provider knows of the world.
 */
export interface Route<W extends World = World> {
  method: Method;
  /** The path with `{parameters}`; `{scope}` at its start stands for any resource id. Compared without regard to case. */
  path: string;
  /** The resource type that the api-version is looked up for, such as `Microsoft.KeyVault/vaults`. */
  type: string;
  /** The action that the caller needs on the scope of the path, which may follow from the path's parameters; null for what needs none. */
  action: string | null | ((parameters: Readonly<Record<string, string>>) => string);
  /** What the conditions of role assignments read. */
  attributes?: (request: ArmRequest<W>) => AskedAttributes;
  /** Nominal seconds until the answer; a read's when absent. */
  seconds?: number;
  /** Error bodies of this provider; the standard ones when absent. */
  errors?: ErrorShape;
  /** Says that a write on this resource is under way, before its latency has passed; the function returned ends it. */
  begin?: (request: ArmRequest<W>) => () => void;
  handle: (request: ArmRequest<W>) => Answer;
}

/** The action that a request of the route takes. */
export const actionOf = (
  { action }: Pick<Route, 'action'>,
  parameters: Readonly<Record<string, string>>,
): string | null => (typeof action === 'function' ? action(parameters) : action);

import { findPresent, type Present } from '../../task-hub/find-present.ts';
import type { Call } from './handle.ts';

/** What a caller may collide with: all deployments, whosever they are. Nothing is listed where callers are not told apart. */
export const findPresentTo = async ({ caller, hub }: Call): Promise<readonly Present[]> =>
  caller === undefined ? [] : findPresent(hub);

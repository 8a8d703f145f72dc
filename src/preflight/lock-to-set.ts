import { lookAtLock } from '../resources/lock.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether the run has a lock to set or to change. */
export const hasLockToSet = async ({ input: { lock, ...input } }: Surroundings): Promise<boolean> =>
  lock !== undefined && (await lookAtLock({ ...input, level: lock })).action !== 'unchanged';

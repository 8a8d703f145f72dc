import { inspectLock } from '../activities/lock.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether the run has a lock to set or to change. */
export const hasLockToSet = async ({ input: { lock, ...input } }: Surroundings): Promise<boolean> =>
  lock !== undefined && (await inspectLock({ ...input, level: lock })).action !== 'unchanged';

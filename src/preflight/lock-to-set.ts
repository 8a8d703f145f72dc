import { implementationOf } from '../activities/implementation-of.ts';
import { lock } from '../steps/lock.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether the run has a lock to set or to change. */
export const hasLockToSet = async ({ deployment }: Surroundings): Promise<boolean> => {
  const { subscriptionId, lock: level } = deployment;
  if (level === undefined) return false;
  return (await implementationOf(lock.name).inspect({ subscriptionId, deployment, level })).action !== 'unchanged';
};

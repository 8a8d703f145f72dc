import { lock } from '../deployment/step-contracts.ts';
import { ensureLock } from '../resources/lock.ts';
import { stepActivity } from './step-activity.ts';

export const lockActivity = stepActivity(lock, ensureLock);

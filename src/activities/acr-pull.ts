import { acrPull } from '../deployment/step-contracts.ts';
import { ensureAcrPull } from '../resources/acr-pull.ts';
import { stepActivity } from './step-activity.ts';

export const acrPullActivity = stepActivity(acrPull, ensureAcrPull);

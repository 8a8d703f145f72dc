import { networkAccess } from '../deployment/step-contracts.ts';
import { ensureNetworkAccess } from '../resources/network-access.ts';
import { stepActivity } from './step-activity.ts';

export const networkAccessActivity = stepActivity(networkAccess, ensureNetworkAccess);

import { sshKey } from '../deployment/step-contracts.ts';
import { ensureSshKey } from '../resources/ssh-key.ts';
import { stepActivity } from './step-activity.ts';

export const sshKeyActivity = stepActivity(sshKey, ensureSshKey);

import { secrets } from '../deployment/step-contracts.ts';
import { ensureSecrets } from '../resources/secrets.ts';
import { stepActivity } from './step-activity.ts';

export const secretsActivity = stepActivity(secrets, ensureSecrets);

import { federatedCredential } from '../deployment/step-contracts.ts';
import { ensureFederatedCredential } from '../resources/federated-credential.ts';
import { stepActivity } from './step-activity.ts';

export const federatedCredentialActivity = stepActivity(federatedCredential, ensureFederatedCredential);

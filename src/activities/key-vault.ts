import { appIdentity } from '../azure/credential.ts';
import { keyVault } from '../deployment/step-contracts.ts';
import { keyVaultResource } from '../resources/key-vault.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const keyVaultActivity = stepActivity(keyVault, async (input, resume) =>
  reconcileResource(keyVaultResource(input, (await appIdentity()).objectId), resume),
);

import { vaultAccess } from '../deployment/step-contracts.ts';
import { ensureVaultAccess } from '../resources/vault-access.ts';
import { stepActivity } from './step-activity.ts';

export const vaultAccessActivity = stepActivity(vaultAccess, ensureVaultAccess);

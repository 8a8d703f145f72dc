import { keyVault } from '../deployment/driver/step-contracts.ts';
import { branchOrchestrator } from './driver/branch.ts';
import { driveStep } from './driver/drive-steps.ts';

/** The key vault beside the cluster, when the caller brings the SSH key and the cluster does not wait for it. */
export const vaultBranch = branchOrchestrator(keyVault.input, (context, input, options) =>
  driveStep(context, { name: 'key-vault', contract: keyVault, input }, options),
);

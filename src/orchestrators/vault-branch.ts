import { keyVault } from '../deployment/step-contracts.ts';
import { branchOrchestrator } from './branch.ts';
import { driveStep } from './drive-steps.ts';

/** The key vault beside the cluster, when the caller brings the SSH key and the cluster does not wait for it. */
export const vaultBranch = branchOrchestrator(keyVault.input, (context, input, options) =>
  driveStep(context, { name: 'key-vault', contract: keyVault, input }, options),
);

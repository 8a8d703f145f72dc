import { identity } from '../deployment/step-contracts.ts';
import { branchOrchestrator } from './branch.ts';
import { driveStep } from './drive-steps.ts';

/** The user-assigned managed identity. */
export const identityBranch = branchOrchestrator(identity.input, (context, input, options) =>
  driveStep(context, { name: 'identity', contract: identity, input }, options),
);

import { identity } from '../deployment/driver/step-contracts.ts';
import { branchOrchestrator } from './driver/branch.ts';
import { driveStep } from './driver/drive-steps.ts';

/** The user-assigned managed identity. */
export const identityBranch = branchOrchestrator(identity.input, (context, input, options) =>
  driveStep(context, { name: 'identity', contract: identity, input }, options),
);

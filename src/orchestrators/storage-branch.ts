import { z } from 'zod';
import { container, storage } from '../deployment/driver/step-contracts.ts';
import { branchOrchestrator } from './driver/branch.ts';
import { driveStep } from './driver/drive-steps.ts';

export const storageBranchInput = z.object({ storage: storage.input, container: container.input });

/** Storage account → blob container. */
export const storageBranch = branchOrchestrator(storageBranchInput, function* (context, input, options) {
  const account = yield* driveStep(context, { name: 'storage', contract: storage, input: input.storage }, options);
  if (!account.ok) return account;
  return yield* driveStep(context, { name: 'container', contract: container, input: input.container }, options);
});

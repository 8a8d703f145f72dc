import { z } from 'zod';
import { imageStepName } from '../deployment/planned-steps.ts';
import { image, registry } from '../deployment/step-contracts.ts';
import { branchOrchestrator } from './branch.ts';
import { driveStep, driveSteps, firstError } from './drive-steps.ts';

export const registryBranchInput = z.object({
  registry: registry.input,
  images: z.array(image.input),
  imageImportConcurrency: z.int().min(1),
});

/** Container registry → the image imports, so many at once as the setting allows. One that fails does not stop the others. */
export const registryBranch = branchOrchestrator(registryBranchInput, function* (context, input, options) {
  const created = yield* driveStep(context, { name: 'registry', contract: registry, input: input.registry }, options);
  if (!created.ok) return created;
  const imports = yield* driveSteps(
    context,
    input.images.map((imageInput) => ({ name: imageStepName(imageInput.image), contract: image, input: imageInput })),
    { ...options, concurrency: input.imageImportConcurrency },
  );
  const error = firstError(
    input.images.map(({ image: name }) => imageStepName(name)),
    imports,
  );
  return error ? { ok: false, error } : created;
});

import { z } from 'zod';
import { imageStepName } from '../deployment/driver/planned-steps.ts';
import { image, registry } from '../deployment/driver/step-contracts.ts';
import type { StepExecution } from '../deployment/driver/step-execution.ts';
import { branchOrchestrator } from './driver/branch.ts';
import { driveStep, driveSteps, firstError } from './driver/drive-steps.ts';

export const registryBranchInput = z.object({
  registry: registry.input,
  images: z.array(image.input),
  imageImportConcurrency: z.int().min(1),
  /** Whether images are imported by their digests. */
  pinned: z.boolean().optional(),
});

/** Container registry → the image imports, so many at once as the setting allows. One that fails does not stop the others. */
export const registryBranch = branchOrchestrator(registryBranchInput, function* (context, input, options) {
  const created = yield* driveStep(context, { name: 'registry', contract: registry, input: input.registry }, options);
  if (!created.ok) return created;
  const { loginServer } = created.value;
  const imports = yield* driveSteps(
    context,
    input.images.map((imageInput) => ({
      name: imageStepName(imageInput.image),
      contract: image,
      input: input.pinned ? { ...imageInput, pin: { loginServer } } : imageInput,
    })),
    { ...options, concurrency: input.imageImportConcurrency },
  );
  const error = firstError(
    input.images.map(({ image: name }) => imageStepName(name)),
    imports,
  );
  if (error) return { ok: false, error };
  return input.pinned ? { ok: true, value: { ...created.value, digests: digestsOf(imports) } } : created;
});

const digestsOf = (imports: readonly StepExecution[]): Record<string, string> =>
  Object.fromEntries(
    imports.flatMap(({ value }) => {
      const { data } = image.value.safeParse(value);
      return data?.digest === undefined ? [] : [[data.image, data.digest]];
    }),
  );

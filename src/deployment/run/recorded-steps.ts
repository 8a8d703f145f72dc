import { z } from 'zod';
import { customStatusOf, deploymentStatus } from './deployment-status.ts';
import type { Instance } from './instance.ts';
import { readableStepsSchema, type StoredStep, storedResultSchema } from './stored/stored-status.ts';

const branchSchema = z.looseObject({ steps: readableStepsSchema });

/** What a deployment's own orchestration and its branches report of its steps, by name: their custom status while they run, their output after. */
export const recordedSteps = (instance: Instance, branches: readonly Instance[]): ReadonlyMap<string, StoredStep> => {
  const result =
    deploymentStatus(instance) === 'Succeeded' ? storedResultSchema.safeParse(instance.output).data : undefined;
  const steps = [
    ...(customStatusOf(instance)?.steps ?? []),
    ...branches.flatMap(stepsOfBranch),
    ...(result?.steps ?? []),
  ];
  return new Map(steps.map((step) => [step.name, step]));
};

const stepsOfBranch = ({ output, customStatus }: Instance): readonly StoredStep[] =>
  (branchSchema.safeParse(output).data ?? branchSchema.safeParse(customStatus).data)?.steps ?? [];

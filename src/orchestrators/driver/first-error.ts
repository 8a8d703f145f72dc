import type { StepStatus } from '../../deployment/driver/step.ts';
import type { StepExecution } from '../../deployment/driver/step-execution.ts';
import { cancelledError } from '../../deployment/run/cancellation.ts';
import type { DeploymentError } from '../../deployment/run/deployment-run.ts';

/** The error of a step that did not succeed, as the deployment's error; a step that did not even begin was cancelled. */
export const errorOf = (step: string, status: StepStatus | undefined): DeploymentError =>
  status?.error ? { step, ...status.error } : cancelledError(step);

/** The first error among steps that were driven together; those that a cancellation kept from beginning count too. */
export const firstError = (names: readonly string[], ended: readonly StepExecution[]): DeploymentError | undefined => {
  const failed = ended.find(({ record }) => record.state !== 'Succeeded')?.record;
  if (failed) return errorOf(failed.name, failed);
  const notBegun = names.find((name) => !ended.some(({ record }) => record.name === name));
  return notBegun === undefined ? undefined : errorOf(notBegun, undefined);
};

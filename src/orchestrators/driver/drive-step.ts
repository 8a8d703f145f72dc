import type { StepContract } from '../../deployment/driver/step-contract.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import { type DriveOptions, driveGraph } from './drive-graph.ts';
import { errorOf } from './first-error.ts';
import type { Outcome } from './outcome.ts';

/** One activity to drive like a step. */
export interface StepCall<I, T> {
  /** The step's name in the status, e.g. `preflight`. */
  readonly name: string;
  readonly contract: StepContract<I, T>;
  readonly input: NoInfer<I>;
  readonly critical?: boolean;
}

/** Drives one step to its end. */
export function* driveStep<I, T>(
  context: OrchestrationContext,
  { input, ...call }: StepCall<I, T>,
  options: DriveOptions,
): Generator<Task, Outcome<T>, unknown> {
  const [ended] = yield* driveGraph(context, [{ ...call, input: () => input }], options);
  if (ended?.record.state === 'Succeeded') return { ok: true, value: call.contract.value.parse(ended.value) };
  return { ok: false, error: errorOf(call.name, ended?.record) };
}

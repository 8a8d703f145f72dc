import type { StepContract } from '../../deployment/driver/step-contract.ts';
import type { StepExecution } from '../../deployment/driver/step-execution.ts';

/** What steps gave, by their names. */
export type StepValues = ReadonlyMap<string, unknown>;

/** One step to carry out, with what it waits for among those that are driven together. */
export interface DrivenStep {
  /** The step's name in the status, e.g. `key-vault`. */
  readonly name: string;
  readonly contract: Pick<StepContract<unknown, unknown>, 'activity' | 'report' | 'deadlineSeconds'>;
  /** The activity's input; asked for once, when all that it waits for has succeeded. */
  readonly input: (values: StepValues) => unknown;
  /** Names of steps that have to succeed before; those that are not driven here do not count. */
  readonly waitsFor?: readonly string[];
  /** Whether the whole deployment waits for it; it is then polled more often. */
  readonly critical?: boolean;
  /** At most so many steps that share the activity are under way at once; all of them when absent. */
  readonly atOnce?: number | undefined;
}

/** A step that has begun. */
export interface BegunStep {
  readonly driven: DrivenStep;
  readonly input: unknown;
  readonly execution: StepExecution;
}

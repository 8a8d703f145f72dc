import { z } from 'zod';
import { storedErrorSchema, storedStepsSchema } from '../../deployment/run/stored-status.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../../task-hub/orchestration.ts';
import { Cancellation } from './cancellation.ts';
import type { DriveOptions, Outcome } from './drive-steps.ts';
import { StepBoard } from './step-board.ts';

/** What a branch returns: its value or its error, and in either case its steps. */
export const branchOutcomeSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value, steps: storedStepsSchema }),
    z.object({ ok: z.literal(false), error: storedErrorSchema, steps: storedStepsSchema }),
  ]);

/** Makes a sub-orchestration out of a generator that drives the steps of one branch. It returns its outcome and never throws, so that its steps are kept. */
export const branchOrchestrator = <I, T>(
  input: z.ZodType<I>,
  run: (context: OrchestrationContext, input: I, options: DriveOptions) => Generator<Task, Outcome<T>, unknown>,
): OrchestrationHandler =>
  function* (context) {
    const board = new StepBoard(context);
    const options = { onStatus: board.update.bind(board), cancellation: new Cancellation(context) };
    const outcome = yield* settle(() => run(context, input.parse(context.df.getInput()), options));
    return { ...outcome, steps: board.records };
  };

function* settle<T>(branch: () => Generator<Task, Outcome<T>, unknown>): Generator<Task, Outcome<T>, unknown> {
  try {
    return yield* branch();
  } catch (error) {
    return crashedBranch(error);
  }
}

/** The outcome of a branch that gave none: its code threw, or its instance was terminated. */
export const crashedBranch = (cause: unknown): Outcome<never> => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const remedy =
    'This is a fault of the service, not of the request: look at its logs, then send the same request again.';
  return { ok: false, error: { step: 'branch', code: 'OrchestratorError', message, class: 'crash', remedy } };
};

import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import { z } from 'zod';
import { storedErrorSchema, storedStepsSchema } from '../../deployment/run/stored-status.ts';
import { Cancellation } from './cancellation.ts';
import type { DriveOptions, Outcome } from './drive-steps.ts';
import { StepBoard } from './step-board.ts';

/** What a branch returns: its value or its error, and in either case its steps. */
export const branchOutcomeSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value, steps: storedStepsSchema }),
    z.object({ ok: z.literal(false), error: storedErrorSchema, steps: storedStepsSchema }),
  ]);

/**
 * Makes a sub-orchestration out of a generator that drives the steps of one branch. It returns its outcome and never throws: a branch that failed
 * inside `Task.all` would leave the other branches orphaned.
 */
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
    const message = error instanceof Error ? error.message : String(error);
    const remedy =
      'This is a fault of the service, not of the request: look at its logs, then send the same request again.';
    return { ok: false, error: { step: 'branch', code: 'OrchestratorError', message, class: 'crash', remedy } };
  }
}

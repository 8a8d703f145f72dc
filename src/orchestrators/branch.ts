import { z } from 'zod';
import { storedDeploymentSchema } from '../deployment/run/stored/stored-deployment.ts';
import { runSettingsSchema } from '../deployment/run/stored/stored-run.ts';
import { storedErrorSchema, storedStepsSchema } from '../deployment/run/stored/stored-status.ts';
import { graphOf } from '../steps/graph.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { Cancellation } from './driver/cancellation.ts';
import type { DriveOptions } from './driver/drive-graph.ts';
import { driveNodes } from './driver/drive-nodes.ts';
import type { Outcome } from './driver/outcome.ts';
import { StepBoard } from './driver/step-board.ts';

/** What a branch gets: the deployment, and which of its steps are the branch's. */
export const branchInputSchema = z.looseObject({
  deployment: storedDeploymentSchema,
  tenantId: z.string(),
  settings: runSettingsSchema,
  /** The names of the nodes that it drives. */
  steps: z.array(z.string()),
  /** Whether the whole deployment waits for it. */
  critical: z.boolean().default(false),
});

export type BranchInput = z.infer<typeof branchInputSchema>;

/** What a branch returns: what its steps gave or its error, and in either case its steps. */
export const branchOutcomeSchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true), value: z.record(z.string(), z.unknown()), steps: storedStepsSchema }),
  z.looseObject({ ok: z.literal(false), error: storedErrorSchema, steps: storedStepsSchema }),
]);

export type BranchOutcome = z.infer<typeof branchOutcomeSchema>;

/**
 * Drives the steps of one branch (instance `s:<id>:<run>:<branch>`). It returns its outcome and never throws, so that its steps are kept.
 */
export const branchOrchestrator: OrchestrationHandler = function* (context) {
  const board = new StepBoard(context);
  const options = { onStatus: board.update.bind(board), cancellation: new Cancellation(context) };
  const outcome = yield* settle(context, options);
  return { ...outcome, steps: board.records };
};

function* settle(
  context: OrchestrationContext,
  options: DriveOptions,
): Generator<Task, Outcome<Readonly<Record<string, unknown>>>, unknown> {
  try {
    const { deployment, tenantId, settings, steps, critical } = branchInputSchema.parse(context.df.getInput());
    const nodes = graphOf(deployment)
      .all.filter(({ name }) => steps.includes(name))
      .map((node) => ({ ...node, critical: critical && node.critical }));
    const driven = { deployment: { ...deployment, tenantId }, settings };
    const { values, error } = yield* driveNodes(context, nodes, driven, options);
    return error ? { ok: false, error } : { ok: true, value: Object.fromEntries(values) };
  } catch (error) {
    return crashedBranch(error);
  }
}

/** The outcome of a branch that gave none: its code threw, or its instance was terminated. */
export const crashedBranch = (cause: unknown): Outcome<never> => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const remedy =
    'This is a fault of the service, not of the request: check its logs, then send the same request again.';
  return { ok: false, error: { step: 'branch', code: 'OrchestratorError', message, class: 'crash', remedy } };
};

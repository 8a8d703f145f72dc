import { preflight } from '../deployment/contracts/preflight-contract.ts';
import { cancelledError, isCancelled } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { preflightError, preflightWarnings } from '../deployment/run/preflight-outcome.ts';
import { readStored } from '../deployment/run/stored/read-stored.ts';
import { storedRunSchema } from '../deployment/run/stored/stored-run.ts';
import type { DeploymentResult } from '../deployment/run/stored/stored-status.ts';
import { outputsOf } from '../status/outputs.ts';
import { graphOf } from '../steps/graph.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { awaitApproval } from './approval.ts';
import { Cancellation } from './driver/cancellation.ts';
import type { DriveOptions } from './driver/drive-graph.ts';
import { driveNodes } from './driver/drive-nodes.ts';
import { driveStep } from './driver/drive-step.ts';
import type { Outcome } from './driver/outcome.ts';
import { StepBoard } from './driver/step-board.ts';
import { runBranches } from './run-branches.ts';

/**
 * The whole deployment (instance `d:<id>`):
 *
 *     preflight → root → branches, all at once → what waits for several branches
 *
 * A run that needs approval waits for it after the preflight, and then begins anew: Azure may have changed, and its turn comes only now.
 * A failure lets everything that runs beside it settle, then fails the instance; the next POST goes on from what exists.
 */
export const deploymentOrchestrator: OrchestrationHandler = function* (context) {
  const run = readStored(storedRunSchema, context.df.getInput());
  const board = new StepBoard(context, run.run);
  const cancellation = new Cancellation(context);
  const outcome = yield* deploy(context, run, board, cancellation);
  if (outcome.ok) return outcome.value;
  if (isCancelled(outcome.error)) {
    board.cancel(cancellation.by);
    return { cancelled: true };
  }
  board.fail(outcome.error);
  throw new Error(`${outcome.error.step}: ${outcome.error.code}: ${outcome.error.message}`);
};

function* deploy(
  context: OrchestrationContext,
  run: DeploymentRun,
  board: StepBoard,
  cancellation: Cancellation,
): Generator<Task, Outcome<DeploymentResult>, unknown> {
  const { deployment } = run;
  yield* cancellation.listen();
  const options = { onStatus: board.update.bind(board), cancellation, run: run.run };

  const check = (turn: Turn = {}) => checkFirst(context, run, board, turn, options);
  let checked = yield* check(run.approval && { outOfTurn: true });
  if (!checked.ok) return checked;
  if (run.approval) {
    const approval = yield* awaitApproval(run, cancellation, board.approve.bind(board));
    if (approval.state !== 'Approved') return { ok: false, error: cancelledError('approval') };
    checked = yield* check({ turnSince: approval.decidedAt });
    if (!checked.ok) return checked;
  }
  const { tenantId, warnings } = checked.value;

  const driven = { deployment: { ...deployment, tenantId }, settings: run.settings };
  const graph = graphOf(deployment, run.steps);
  const root = yield* driveNodes(context, graph.root, driven, options);
  if (root.error) return { ok: false, error: root.error };

  if (cancellation.requested) return { ok: false, error: cancelledError('deployment') };
  const branches = yield* runBranches(context, graph.branches, driven, run.run);
  if (branches.error) return { ok: false, error: branches.error };

  const known = new Map([...root.values, ...branches.values]);
  const later = yield* driveNodes(context, graph.later, driven, options, known);
  if (later.error) return { ok: false, error: later.error };

  // A cancel reads this back: from here on a cancel may come too late, before it never does.
  board.finish();
  yield* cancellation.listen();
  if (cancellation.requested) return { ok: false, error: cancelledError('deployment') };

  const statuses = [...board.records, ...branches.steps];
  const steps = graph.all.flatMap(({ name }) => statuses.filter((status) => status.name === name));
  return {
    ok: true,
    value: {
      steps,
      warnings: [...warnings, ...steps.flatMap(({ note }) => (note === undefined ? [] : [note]))],
      outputs: outputsOf(driven.deployment, new Map([...known, ...later.values])),
    },
  };
}

/** What decides whose turn it is, when it is not the start of the run. */
interface Turn {
  readonly outOfTurn?: boolean;
  readonly turnSince?: string | undefined;
}

/** The preflight: what it warns of is shown, what the deployment would fail of ends it here. */
function* checkFirst(
  context: OrchestrationContext,
  run: DeploymentRun,
  board: StepBoard,
  turn: Turn,
  options: DriveOptions,
): Generator<Task, Outcome<{ readonly tenantId: string; readonly warnings: readonly string[] }>, unknown> {
  const { deployment, skipPreflight: skip } = run;
  const input = { subscriptionId: deployment.subscriptionId, deployment, skip, ...turn };
  const found = yield* driveStep(
    context,
    { name: 'preflight', contract: preflight, input, critical: true },
    {
      ...options,
      onStatus: ({ note, error }) => board.wait(note ?? (error && `Tries again after ${error.code}: ${error.message}`)),
    },
  );
  if (!found.ok) return found;
  const { tenantId, findings } = found.value;
  const warnings = preflightWarnings(findings);
  board.warn(warnings);
  const refusal = preflightError(findings);
  if (!refusal) return { ok: true, value: { tenantId, warnings } };
  board.refuse(findings);
  return { ok: false, error: refusal };
}

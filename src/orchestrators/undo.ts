import * as contracts from '../deployment/contracts/undo-contracts.ts';
import type { StepStatus } from '../deployment/driver/step.ts';
import { readStored } from '../deployment/run/read-stored.ts';
import { storedUndoSchema, type UndoRun } from '../deployment/run/stored-undo.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { Cancellation } from './driver/cancellation.ts';
import { driveStep } from './driver/drive-step.ts';
import type { Outcome } from './driver/outcome.ts';
import { StepBoard } from './driver/step-board.ts';

/**
 * Undoes a deployment (instance `u:<id>`): waits until it has stopped, finds what it created, and deletes that in reverse order, the whole resource
 * group where the deployment made it. What is gone already counts as deleted; a run that failed is simply started again.
 */
export const undoOrchestrator: OrchestrationHandler = function* (context) {
  const run = readStored(storedUndoSchema, context.df.getInput());
  const board = new StepBoard(context, run.run);
  const outcome = yield* undo(context, run, board);
  if (outcome.ok) return { steps: outcome.value };
  board.fail(outcome.error);
  throw new Error(`${outcome.error.step}: ${outcome.error.code}: ${outcome.error.message}`);
};

function* undo(
  context: OrchestrationContext,
  { run, deployment: asked, purge, expired }: UndoRun,
  board: StepBoard,
): Generator<Task, Outcome<readonly StepStatus[]>, unknown> {
  const options = { onStatus: board.update.bind(board), cancellation: new Cancellation(context), run };
  const { subscriptionId, id: deploymentId } = asked;

  const stopInput = { subscriptionId, deploymentId, ...(expired ? { run } : { seen: run }) };
  const stop = { name: 'stop', contract: contracts.stop, input: stopInput };
  const stopped = yield* driveStep(context, stop, options);
  if (!stopped.ok) return stopped;
  const { superseded, later } = stopped.value;
  if (superseded) return { ok: true, value: board.records };
  if (later) board.isOf(later.run);
  const deployment = later?.deployment ?? asked;

  const find = { name: 'find', contract: contracts.findOwned, input: { subscriptionId, deployment } };
  const found = yield* driveStep(context, find, options);
  if (!found.ok) return found;

  for (const { name, resourceId, apiVersion, usualSeconds, unlocked } of found.value.owned) {
    const input = { subscriptionId, resourceId, apiVersion, usualSeconds, ...(unlocked && { unlocked }) };
    const deleted = yield* driveStep(
      context,
      { name: `delete:${name}`, contract: contracts.deleteResource, input },
      options,
    );
    if (!deleted.ok) return deleted;
  }

  if (purge && found.value.vaultOwned) {
    const { keyVaultName } = deployment;
    const input = { subscriptionId, location: deployment.location, keyVaultName };
    const purged = yield* driveStep(
      context,
      { name: 'purge:key-vault', contract: contracts.purgeVault, input },
      options,
    );
    if (!purged.ok) return purged;
  }
  return { ok: true, value: board.records };
}

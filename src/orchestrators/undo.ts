import * as contracts from '../deployment/contracts/undo-contracts.ts';
import type { StepStatus } from '../deployment/driver/step.ts';
import { readStored } from '../deployment/run/stored/read-stored.ts';
import { storedUndoSchema, type UndoRun } from '../deployment/run/stored/stored-undo.ts';
import { ownerTagMissing } from '../status/kept-response.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { Cancellation } from './driver/cancellation.ts';
import { driveStep } from './driver/drive-step.ts';
import type { Outcome } from './driver/outcome.ts';
import { StepBoard } from './driver/step-board.ts';

/**
 * Undoes a deployment (instance `u:<id>`): waits until it has stopped, finds what it created, and deletes that in reverse order, the whole resource
 * group where the deployment made it. What is gone already counts as deleted; a run that failed is simply started again. One that kept what the deployment made, because it
 * does not carry its tag, fails once all the rest is deleted.
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
  { run, deployment: asked, earlier = [], purge, expired }: UndoRun,
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

  const find = {
    name: 'find',
    contract: contracts.findOwned,
    input: { subscriptionId, deployment, earlier: later ? [asked, ...earlier] : [...earlier], purge },
  };
  const found = yield* driveStep(context, find, options);
  if (!found.ok) return found;
  const { owned, inside, kept, vaults } = found.value;
  board.keep(kept, inside);

  for (const { name, ...resource } of owned) {
    const input = { subscriptionId, ...resource };
    const deleted = yield* driveStep(
      context,
      { name: `delete:${name}`, contract: contracts.deleteResource, input },
      options,
    );
    if (!deleted.ok) return deleted;
  }

  for (const { keyVaultName, location } of purge ? vaults : []) {
    const name = keyVaultName === deployment.keyVaultName ? 'purge:key-vault' : `purge:key-vault:${keyVaultName}`;
    const input = { subscriptionId, location, keyVaultName, owner: deploymentId };
    const purged = yield* driveStep(context, { name, contract: contracts.purgeVault, input }, options);
    if (!purged.ok) return purged;
  }
  const error = ownerTagMissing(deploymentId, kept);
  return error ? { ok: false, error } : { ok: true, value: board.records };
}

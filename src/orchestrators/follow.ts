import * as contracts from '../deployment/contracts/follow-contracts.ts';
import { readStored } from '../deployment/run/stored/read-stored.ts';
import { storedFollowSchema } from '../deployment/run/stored/stored-follow.ts';
import type { OrchestrationHandler } from '../task-hub/orchestration.ts';
import { Cancellation } from './driver/cancellation.ts';
import { driveGraph } from './driver/drive-graph.ts';
import { driveStep } from './driver/drive-step.ts';
import { StepBoard } from './driver/step-board.ts';

/**
 * Follows what Azure continues after a cancel (instance `f:<id>:<run>`): waits until the run has stopped, then for the end of each operation. Its custom status
 * says how far each is, by the name of its step. With `andDelete` it has the deployment deleted after that.
 */
export const followOrchestrator: OrchestrationHandler = function* (context) {
  const { deploymentId, subscriptionId, run, andDelete, requestedBy } = readStored(
    storedFollowSchema,
    context.df.getInput(),
  );
  const board = new StepBoard(context, run);
  const options = { onStatus: board.update.bind(board), cancellation: new Cancellation(context), run };
  const input = { subscriptionId, deploymentId, run };
  const find = { name: 'find-under-way', contract: contracts.findUnderWay, input };
  const found = yield* driveStep(context, find, options);
  yield* driveGraph(
    context,
    (found.ok ? found.value.operations : []).map((operation) => ({
      name: operation.step,
      contract: contracts.followOperation,
      input: () => ({ ...operation, subscriptionId }),
    })),
    options,
  );
  if (andDelete) {
    const asked = { ...input, ...(requestedBy && { requestedBy }) };
    yield* driveStep(context, { name: 'delete', contract: contracts.deleteCancelled, input: asked }, options);
  }
  return { steps: board.records };
};

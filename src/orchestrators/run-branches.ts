import { branchInstanceId, branchOrchestratorName } from '../deployment/names/instance-ids.ts';
import { isCancelled } from '../deployment/run/cancellation.ts';
import type { DeploymentError } from '../deployment/run/deployment-run.ts';
import { deploymentFor } from '../steps/deployment-for.ts';
import type { Branch } from '../steps/graph.ts';
import type { OrchestrationContext, Task } from '../task-hub/orchestration.ts';
import { type BranchInput, type BranchOutcome, branchOutcomeSchema, crashedBranch } from './branch.ts';
import type { DrivenDeployment, NodesEnd } from './driver/drive-nodes.ts';
import { settleAll } from './driver/settle-all.ts';

/** What the branches gave, the first error among them, and all their steps. */
export interface BranchesEnd extends NodesEnd {
  readonly steps: BranchOutcome['steps'];
}

/** Runs all branches at once, each a sub-orchestration of its own; ends when every one has ended. */
export function* runBranches(
  context: OrchestrationContext,
  branches: readonly Branch[],
  { deployment, settings }: DrivenDeployment,
  run: string,
): Generator<Task, BranchesEnd, unknown> {
  const settled = yield* settleAll(
    context,
    branches.map(({ name, nodes }) => {
      const input: BranchInput = {
        deployment: deploymentFor(
          deployment,
          nodes.map(({ step }) => step),
        ),
        tenantId: deployment.tenantId,
        settings,
        steps: nodes.map((node) => node.name),
        critical: nodes.some(({ critical }) => critical),
      };
      return context.df.callSubOrchestrator(
        branchOrchestratorName(name),
        input,
        branchInstanceId(deployment.id, run, name),
        context.df.version,
      );
    }),
  );
  const outcomes = settled.map((end) =>
    branchOutcomeSchema.parse(end.ok ? end.value : { ...crashedBranch(end.error), steps: [] }),
  );
  return {
    values: new Map(outcomes.flatMap((outcome) => (outcome.ok ? Object.entries(outcome.value) : []))),
    error: firstErrorOf(outcomes),
    steps: outcomes.flatMap(({ steps }) => steps),
  };
}

/** One that says why before one that says only that it was cancelled. */
const firstErrorOf = (outcomes: readonly BranchOutcome[]): DeploymentError | undefined => {
  const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
  return errors.find((each) => !isCancelled(each)) ?? errors[0];
};

import type { DeploymentError } from '../../deployment/run/deployment-run.ts';
import type { GraphNode } from '../../steps/graph.ts';
import type { LocatedDeployment, RunSettings } from '../../steps/step.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import { type DriveOptions, driveGraph } from './drive-graph.ts';
import type { StepValues } from './driven-step.ts';
import { firstError } from './first-error.ts';

/** What the nodes are carried out for. */
export interface DrivenDeployment {
  readonly deployment: LocatedDeployment;
  readonly settings: RunSettings;
}

/** What nodes gave, and the first error among them, if any. */
export interface NodesEnd {
  readonly values: StepValues;
  readonly error: DeploymentError | undefined;
}

/** Drives nodes of a deployment's graph. */
export function* driveNodes(
  context: OrchestrationContext,
  nodes: readonly GraphNode[],
  { deployment, settings }: DrivenDeployment,
  options: DriveOptions,
  known: StepValues = new Map(),
): Generator<Task, NodesEnd, unknown> {
  const ended = yield* driveGraph(
    context,
    nodes.map(({ name, step, waitsFor, critical, inputFor }) => ({
      name,
      contract: step,
      waitsFor,
      critical,
      atOnce: step.atOnce(settings),
      input: (values) => inputFor(deployment, values),
    })),
    options,
    known,
  );
  return {
    values: new Map(
      ended.flatMap(({ record, value }) => (record.state === 'Succeeded' ? [[record.name, value] as const] : [])),
    ),
    error: firstError(
      nodes.map(({ name }) => name),
      ended,
    ),
  };
}

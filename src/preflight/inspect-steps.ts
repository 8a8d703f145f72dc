import { implementationOf } from '../activities/implementation-of.ts';
import { RECOVERY } from '../activities/reconcile/observe-resource.ts';
import { toAzureFailure } from '../azure/failures/azure-failure.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { withOwnExchange } from '../azure/failures/with-own-exchange.ts';
import { readTenant } from '../azure/readings/read-tenant.ts';
import { type Inspection, type NotInspected, notInspected } from '../deployment/plan/inspection.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type GraphNode, graphOf } from '../steps/graph.ts';
import type { LocatedDeployment } from '../steps/step.ts';

/** A node's inspection, or why there is none. */
export type Inspected = Inspection | NotInspected;

type Inspections = ReadonlyMap<string, Promise<Inspected>>;

/**
 * What a run would do for every node of the graph: all inspected at once, nothing applied. One that uses the value of another waits for that one's
 * inspection only. A node that cannot be read is `unknown` and says why; the others are inspected all the same.
 */
export const inspectSteps = async (deployment: Deployment): Promise<ReadonlyMap<string, Inspected>> => {
  const { subscriptionId } = deployment;
  const tenant = withOwnExchange(() => readTenant(subscriptionId));
  const located = tenant.then((tenantId): LocatedDeployment => ({ ...deployment, tenantId }));
  const inspections = new Map<string, Promise<Inspected>>();
  for (const node of graphOf(deployment).all) {
    inspections.set(
      node.name,
      inspected(async () => inspectNode(node, await located, inspections), node.step.resourceId(deployment)),
    );
  }
  const found = new Map<string, Inspected>();
  for (const [name, inspection] of inspections) found.set(name, await inspection);
  return found;
};

/** The step as it is found, or why it could not be read. */
const inspected = async (inspect: () => Promise<Inspected>, resourceId: string): Promise<Inspected> => {
  try {
    return await withOwnExchange(inspect);
  } catch (error) {
    return notInspected(resourceId, toStepError(toAzureFailure(error, {})));
  }
};

const inspectNode = async (
  node: GraphNode,
  deployment: LocatedDeployment,
  inspections: Inspections,
): Promise<Inspected> => {
  const values = new Map<string, unknown>();
  for (const step of Object.values(node.step.uses)) {
    for (const { name } of step.nodes(deployment)) {
      const used = await inspections.get(name);
      // What it gives may exist: neither value may take its place.
      if (used?.action === 'unknown') return notInspected(node.step.resourceId(deployment), used.error, name);
      if (used?.value !== undefined) values.set(name, used.value);
    }
  }
  const input = node.planInputFor(deployment, values);
  if (!input.known) {
    return { action: 'create', changes: [], resourceId: node.step.resourceId(deployment), note: input.note };
  }
  const found = await implementationOf(node.step.name).inspect(input.input);
  return maybeBroughtBack(node, found, inspections);
};

/** A resource that is recovered brings back what it held, which nobody can read before. */
const maybeBroughtBack = async (
  { step: { inside } }: GraphNode,
  found: Inspection,
  inspections: Inspections,
): Promise<Inspection> => {
  const holder = inside && (await inspections.get(inside.step.name));
  const isRecovered = holder?.changes.some(({ property }) => property === RECOVERY.property) === true;
  if (!inside || !isRecovered || found.action !== 'create') return found;
  const note = `What the ${inside.noun} holds is known after the step ${inside.step.name}: it may be there already.`;
  return { ...found, note };
};

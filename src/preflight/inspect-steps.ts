import { implementationOf } from '../activities/implementation-of.ts';
import { RECOVERY } from '../activities/reconcile/observe-resource.ts';
import { recordExchange } from '../azure/exchange.ts';
import { readTenant } from '../azure/readings/read-tenant.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type GraphNode, graphOf } from '../steps/graph.ts';
import type { LocatedDeployment } from '../steps/step.ts';

type Inspections = ReadonlyMap<string, Promise<Inspection>>;

/**
 * What a run would do for every node of the graph: all inspected at once, nothing applied. One that uses the value of another waits for that one's
 * inspection only.
 *
 * @throws what the SDKs throw, when Azure does not let it read.
 */
export const inspectSteps = async (deployment: Deployment): Promise<ReadonlyMap<string, Inspection>> => {
  const { subscriptionId } = deployment;
  const tenantId = await recordExchange({}, () => readTenant(subscriptionId));
  const located = { ...deployment, tenantId };
  const { all } = graphOf(deployment);
  const inspections = new Map<string, Promise<Inspection>>();
  for (const node of all) {
    // An exchange of its own, for what is found in the answers to its requests.
    inspections.set(
      node.name,
      recordExchange({}, () => inspectNode(node, located, inspections)),
    );
  }
  const found = await Promise.all(inspections.values());
  return new Map(
    [...inspections.keys()].flatMap((name, index) => {
      const inspection = found[index];
      return inspection ? [[name, inspection] as const] : [];
    }),
  );
};

const inspectNode = async (
  node: GraphNode,
  deployment: LocatedDeployment,
  inspections: Inspections,
): Promise<Inspection> => {
  const values = new Map<string, unknown>();
  for (const step of Object.values(node.step.uses)) {
    for (const { name } of step.nodes(deployment)) {
      const value = (await inspections.get(name))?.value;
      if (value !== undefined) values.set(name, value);
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

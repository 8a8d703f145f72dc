import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import type { World } from '../../local/world/world.ts';
import { runClientTimeoutsOn } from './client-timeouts.ts';
import { onNthRequest } from './on-nth-request.ts';
import { type BoundedRun, drain, runBounded } from './run-bounded.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { azureStateSchema, strayResources } from './stray-resources.ts';
import { failTransport } from './transport-faults.ts';

/**
 * Carries out a deployment with its fault, then the same POST again without it, and says which promises were broken:
 *
 * - it ends, Succeeded or Failed, within bounds;
 * - Failed with the step, Azure's code and message, and what to do, and the next POST succeeds;
 * - Succeeded and converged: the next POST changes nothing (after a deletion: the one after the next);
 * - what passes by itself does not fail it;
 * - at no end there is anything in Azure that the deployment's status did not list.
 *
 * After a run that did not end the process is of no use any more.
 */
export const runScenario = async (world: World, scenario: Scenario): Promise<Verdict> => {
  const begun = performance.now();
  world.azure.reset();
  const host = await world.startHost();
  const broken: string[] = [];
  const verdict = ({ document, modelledSeconds }: BoundedRun): Verdict => ({
    outcome: document === undefined ? 'R' : document.status === 'Succeeded' ? 'S' : 'F',
    attempts: Math.max(0, ...(document?.steps ?? []).map(({ attempts }) => attempts)),
    modelledSeconds,
    realMs: performance.now() - begun,
    ...(document?.error && { error: `${document.error.step}: ${document.error.code}: ${document.error.message}` }),
    broken,
  });

  const removal = scheduleRemoval(world, scenario);
  await world.azure.fail(...scenario.faults);
  const timeouts = scenario.clientTimeouts ? runClientTimeoutsOn(world.clock) : undefined;
  const transport = scenario.transport && (await failTransport(world.azure.url, scenario.transport));
  const first = await runBounded(world).finally(() => {
    timeouts?.restore();
    transport?.restore();
  });
  if (!first.document) return { ...verdict(first), broken: [first.why ?? 'did not end'] };
  const struck = scenario.removal ? removal.begun() : (transport?.struck() ?? (await world.azure.hasFailed()));
  if (!struck) broken.push('the fault did not strike');
  if (timeouts?.fired() === 0) broken.push('the client did not give up');
  await removal.done();
  if (first.document.status !== 'Succeeded') broken.push(...brokenByFailure(first.document, scenario));
  const documents = [first.document];
  await noteStrays(world, documents, broken, 'first POST');
  removal.stop();
  await world.azure.heal();

  const unchanged = first.document.status === 'Succeeded' && !scenario.removal;
  const repeats = unchanged ? [false] : [true, false];
  for (const [index, mayChange] of repeats.entries()) {
    const which = index === 0 ? 'second POST' : 'third POST';
    const since = world.clock.now();
    const repeat = await runBounded(world);
    if (!repeat.document) return { ...verdict(first), outcome: 'R', broken: [...broken, `${which}: ${repeat.why}`] };
    broken.push(...brokenByRepeat(world, repeat.document, since, mayChange).map((what) => `${which}: ${what}`));
    documents.push(repeat.document);
    await noteStrays(world, documents, broken, which);
    if (repeat.document.status !== 'Succeeded') break;
  }
  await host.close();
  await drain(world);
  return verdict(first);
};

const scheduleRemoval = (world: World, { removal }: Scenario) => {
  let deletion: Promise<void> | undefined;
  const begin = (): void => {
    if (!removal) return;
    deletion = remove(world, removal);
    // Waited for below; without this a failure meanwhile would end the process.
    deletion.catch(() => {});
  };
  const stop = removal ? onNthRequest(world.azure, removal, begin) : () => {};
  return { begun: () => deletion !== undefined, done: async () => deletion, stop };
};

/** Deletes a resource as somebody else would. Modelled time does not run ahead of the request, and goes on for the deployment meanwhile. */
const remove = async (world: World, { path, apiVersion }: NonNullable<Scenario['removal']>): Promise<void> => {
  const url = `${path}?api-version=${apiVersion}`;
  const { status, text } = await world.held(() => world.azure.somebodyElse('DELETE', url));
  if (status >= 300) throw new Error(`DELETE ${path} answered ${status}: ${text}`);
};

const brokenByFailure = ({ status, error }: DeploymentDocument, { passes, code }: Scenario): string[] => {
  if (status !== 'Failed' || !error) return [`ended as ${status} without an error`];
  const what = `${error.step}: ${error.code}: ${error.message}`;
  return [
    ...(passes ? [`failed though the fault passes by itself: ${what}`] : []),
    ...(code !== undefined && code !== error.code ? [`shows ${error.code} instead of ${code}: ${what}`] : []),
    ...(error.step && error.code && error.message ? [] : [`no step, code or message: ${what}`]),
    ...(error.remedy ? [] : [`no remedy: ${what}`]),
  ];
};

const brokenByRepeat = (
  world: World,
  { status, error, steps }: DeploymentDocument,
  since: number,
  mayChange: boolean,
): string[] => {
  if (status !== 'Succeeded') return [`ended as ${status}: ${error?.step}: ${error?.code}: ${error?.message}`];
  if (mayChange) return [];
  const changed = steps.filter(({ change }) => change !== 'unchanged').map(({ name, change }) => `${name} ${change}`);
  const writes = world.azure.simulator
    .requests()
    .filter(({ method, at }) => ['PUT', 'PATCH'].includes(method) && at >= since)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return [
    ...(changed.length > 0 ? [`changed ${changed.join(', ')}`] : []),
    ...(writes.length > 0 ? [`wrote ${writes.join(', ')}`] : []),
  ];
};

const noteStrays = async (
  world: World,
  documents: readonly DeploymentDocument[],
  broken: string[],
  which: string,
): Promise<void> => {
  const strays = strayResources(await world.azure.read('resources', azureStateSchema), documents);
  if (strays.length > 0) broken.push(`${which}: exists outside the list: ${strays.join(', ')}`);
};

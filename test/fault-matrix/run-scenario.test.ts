import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultKinds, scenariosOf } from '../../bench/fault-matrix/fault-kinds.ts';
import { recordRequests } from '../../bench/fault-matrix/record-requests.ts';
import type { RecordedRequest } from '../../bench/fault-matrix/recorded-request.ts';
import { runScenario } from '../../bench/fault-matrix/run-scenario.ts';
import type { Scenario } from '../../bench/fault-matrix/scenario.ts';
import { World } from '../../local/world/world.ts';

let world: World;
let requests: readonly RecordedRequest[];

beforeAll(async () => {
  world = await World.open();
  requests = await recordRequests(world);
});

afterAll(() => world.close());

/** The scenario of a cell, by the start of the request's label. */
const scenarioOf = (label: string, fault: string, variant = ''): Scenario => {
  const request = requests.find((each) => each.label.startsWith(label));
  const kind = faultKinds.find(({ name }) => name === fault);
  const scenario = request && kind && scenariosOf(request, kind).find((each) => each.variant === variant);
  if (!scenario) throw new Error(`no scenario for ${label} × ${fault}`);
  return scenario;
};

it.each([
  ['PUT ContainerRegistry/registries/', 'dropped-after', '', 'S'],
  ['PUT ManagedIdentity/', 'slow', '', 'S'],
  ['PUT ContainerService/managedClusters/', 'operation-failed', 'PublicIPCountLimitReached', 'F'],
  ['PUT Storage/storageAccounts/', 'operation-hangs', '', 'F'],
  ['GET KeyVault/vaults/airflow-vault-dkmlfad-kv #2', 'status-unreadable', '500', 'S'],
  ['GET subscription', 'outage', '', 'F'],
  ['PUT ContainerService/managedClusters/', 'reset-headers', 'within', 'S'],
  ['PUT Storage/storageAccounts/', 'reset-body', 'within', 'S'],
  ['POST ContainerRegistry/registries/mydnsrandomnamedkmlfad/importImage', 'reset-body', 'within chunks', 'S'],
  ['PUT KeyVault/vaults/', 'tls', 'handshake once', 'S'],
  ['PUT KeyVault/vaults/', 'tls', 'certificate', 'F'],
  ['PUT ManagedIdentity/', 'dns', 'name once', 'S'],
  ['PUT resourcegroups/', 'dns', 'name', 'F'],
  ['PUT ContainerRegistry/registries/', 'idle', '', 'S'],
  ['PUT KeyVault/vaults/', 'stopped', 'headers', 'S'],
  ['PUT resourcegroups/', 'stopped', 'length', 'S'],
  ['GET ContainerService/managedClusters/', 'stopped', 'chunks', 'S'],
])('%s × %s %s ends as it should', async (label, fault, variant, outcome) => {
  const verdict = await runScenario(world, scenarioOf(label, fault, variant));
  expect(verdict).toMatchObject({ outcome, broken: [] });
});

it('a deployment that fails by what passes, or does not say what Azure said, breaks a promise', async () => {
  const scenario = scenarioOf('PUT resourcegroups/', 'refused', 'ScopeLocked');
  const { broken } = await runScenario(world, { ...scenario, passes: true, code: 'AnotherCode' });
  expect(broken).toEqual([
    expect.stringContaining('failed though the fault passes by itself: resource-group: ScopeLocked: '),
    expect.stringContaining('shows ScopeLocked instead of AnotherCode: '),
  ]);
});

it('a fault that never came proves nothing', async () => {
  const scenario = scenarioOf('PUT resourcegroups/', 'throttled');
  const faults = scenario.faults.map((fault) => ({ ...fault, nth: 99 }));
  expect((await runScenario(world, { ...scenario, faults })).broken).toEqual(['the fault did not strike']);
});

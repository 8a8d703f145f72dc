import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assigningCondition, deployerRole, readDeployerRole } from '../../bench/role/deployer-role.ts';
import { permissionsTable, withTable } from '../../bench/role/permissions-table.ts';
import { askedOn, runScenario } from '../../bench/role/record-actions.ts';
import { ADMINISTRATOR, RoleWorld } from '../../bench/role/role-world.ts';
import { makePlatform, makeTheirGroup, PLATFORM_SUBNET, ROLE_SCENARIOS } from '../../bench/role/scenarios.ts';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/base/identities.ts';
import { ACR_PULL_ROLE_ID } from '../../src/deployment/names/role-assignment-name.ts';

const role = readDeployerRole();
const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');

let world: RoleWorld;
beforeAll(async () => {
  world = await RoleWorld.open();
});
afterAll(() => world.close());

/** First, so that what they ask for is all that was asked for. */
describe('with exactly the role, and the right to assign the named roles only, the service can do', () => {
  it.each(ROLE_SCENARIOS)('$name', (scenario) => runScenario(world, scenario, role));

  it('and this takes every action of the role, and none that it does not have', () => {
    expect(role).toEqual(deployerRole(askedOn(world).keys()));
  });

  it('which docs/permissions.md says too', () => {
    expect(page).toBe(withTable(page, permissionsTable(askedOn(world))));
  });
});

const PROVIDERS = ['ContainerRegistry', 'ContainerService', 'KeyVault', 'ManagedIdentity', 'Storage'];

const images = [{ source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' }];

/** Assigns roles without Role Based Access Control Administrator, which may read everything. */
const assigner = {
  role: {
    roleName: 'assigner',
    actions: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/delete'],
  },
  condition: assigningCondition([ACR_PULL_ROLE_ID]),
};

const without = (...actions: readonly string[]) => ({
  ...role,
  actions: role.actions.filter((one) => !actions.includes(one)),
});

describe('a plan names the missing action', () => {
  /** What no plan takes: it is for deletions, for the reasons of failures, for what exists, or done without. */
  const UNSEEN = [
    'Microsoft.Authorization/locks/read',
    'Microsoft.Authorization/permissions/read',
    'Microsoft.ContainerRegistry/registries/delete',
    'Microsoft.ContainerRegistry/registries/operationStatuses/read',
    'Microsoft.ContainerRegistry/registries/pull/read',
    'Microsoft.ContainerService/locations/operations/read',
    'Microsoft.ContainerService/managedClusters/delete',
    'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    'Microsoft.KeyVault/locations/operationResults/read',
    'Microsoft.KeyVault/vaults/delete',
    'Microsoft.ManagedIdentity/userAssignedIdentities/delete',
    'Microsoft.Resources/subscriptions/operationresults/read',
    'Microsoft.Resources/subscriptions/read',
    'Microsoft.Resources/subscriptions/resourceGroups/delete',
    'Microsoft.Resources/subscriptions/resources/read',
    'Microsoft.Storage/storageAccounts/delete',
  ];
  const DELETED_VAULTS = 'Microsoft.KeyVault/locations/deletedVaults/read';
  const seen = role.actions.filter((action) => !UNSEEN.includes(action) && action !== DELETED_VAULTS);
  const writes = seen.filter((action) => !action.endsWith('/read'));
  const checks = seen.filter((action) => /checkname|checkPolicy|Compute\/skus|\/providers\/read/i.test(action));
  const reads = seen.filter((action) => !writes.includes(action) && !checks.includes(action));

  const body = {
    resourceGroupName: 'new',
    images,
    keyVaultName: 'taken-vault',
    existing: { subnetId: PLATFORM_SUBNET },
  };

  const plan = async (asked: object) => (await world.post(asked, '/api/plans')).text();

  const namedIn = (answer: string) => (action: string) => new RegExp(`[ ']${action}[ ',.]`).test(answer);

  const settings = (unregistered: readonly string[]) =>
    world.azure.change({
      throttling: false,
      unregisteredProviders: unregistered.map((name) => `Microsoft.${name}`),
      takenNames: { vaults: ['taken-vault'], registries: [], storageAccounts: [] },
    });

  beforeAll(async () => {
    world.azure.reset();
    await makePlatform(world);
  });

  it('of all that change something, at once', async () => {
    await settings(PROVIDERS);
    await world.azure.giveRoles([{ role: without(...writes) }, assigner]);
    const answer = await plan(body);
    expect(writes.filter(namedIn(answer))).toEqual(writes);
  });

  it('of all that only read, at once', async () => {
    await settings([]);
    await world.azure.giveRoles([{ role: without(...checks) }, assigner]);
    const answer = await plan(body);
    expect(checks.filter(namedIn(answer))).toEqual(checks);
  });

  it.each([...reads, DELETED_VAULTS])('%s', async (action) => {
    await settings([]);
    await world.azure.giveRoles([{ role: without(action) }, assigner]);
    const answer = await plan(body);
    expect(namedIn(answer)(action), answer).toBe(true);
  });
});

describe('what the preflight cannot see fails the step, with the action', () => {
  it('a role that the condition does not name', async () => {
    world.azure.reset();
    await makePlatform(world);
    await world.grant(role, [ACR_PULL_ROLE_ID]);
    const body = { resourceGroupName: 'guest', images, existing: { subnetId: PLATFORM_SUBNET } };
    const { status, error } = await world.deploy(body);
    expect({ ...error, status }).toMatchObject({
      status: 'Failed',
      step: 'network-access',
      code: 'AuthorizationFailed',
    });
    expect(error?.message).toContain('Microsoft.Authorization/roleAssignments/write');
    expect(error?.message).toContain('or an ABAC condition not fulfilled');
  });

  it('an undo that may not delete', async () => {
    world.azure.reset();
    await world.mustDeploy({ resourceGroupName: 'kept', images: [] });
    const action = 'Microsoft.Resources/subscriptions/resourceGroups/delete';
    await world.grant(without(action), [ACR_PULL_ROLE_ID]);
    expect(JSON.stringify(await world.undo('kept'))).toContain(`'${action}'`);
  });
});

describe('with the role on a resource group that exists', () => {
  const group = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/theirs`;
  const body = { resourceGroupName: 'theirs', images };
  const onGroup = [
    { role, scope: group },
    { role: ADMINISTRATOR, condition: assigningCondition([ACR_PULL_ROLE_ID]), scope: group },
  ];

  it('and Reader on the subscription, the service deploys into it and undoes that', async () => {
    world.azure.reset();
    await makeTheirGroup(world);
    await world.azure.giveRoles([...onGroup, 'Reader']);
    await world.mustDeploy(body);
    await world.mustUndo('theirs');
  });

  it('alone, it cannot follow the imports of images', async () => {
    world.azure.reset();
    await makeTheirGroup(world);
    await world.azure.giveRoles(onGroup);
    const { error } = await world.deploy(body);
    expect(error).toMatchObject({ step: 'image:airflow:2.9.3', code: 'AuthorizationFailed' });
    expect(error?.message).toContain('Microsoft.ContainerRegistry/locations/operationResults/read');
    await world.mustDeploy({ ...body, images: [] });
  });
});

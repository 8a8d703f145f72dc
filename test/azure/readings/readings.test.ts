import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { recordExchange } from '../../../src/azure/exchange.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { findOrUndefined } from '../../../src/azure/find-or-undefined.ts';
import { listLocks, putLock } from '../../../src/azure/readings/management-locks.ts';
import { readPermissions } from '../../../src/azure/readings/read-permissions.ts';
import { readResourcePermissions } from '../../../src/azure/readings/read-resource-permissions.ts';
import { readSubnet } from '../../../src/azure/readings/read-subnet.ts';
import { readTenant } from '../../../src/azure/readings/read-tenant.ts';
import { readVcpuUsages } from '../../../src/azure/readings/vcpu-usages.ts';
import { findVmSize } from '../../../src/azure/readings/vm-size.ts';
import { readRegistryCredentials } from '../../../src/azure/registries/read-registry-credentials.ts';
import {
  type Answer,
  azureError,
  NOT_FOUND,
  SCRIPTED_OBJECT_ID,
  SCRIPTED_TENANT_ID,
  useScriptedAzure,
} from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('what may not be there', () => {
  it('is undefined when Azure answers 404, and an error otherwise', async () => {
    expect(await findOrUndefined(Promise.resolve(7))).toBe(7);
    expect(await findOrUndefined(Promise.reject(new RestError('x', { statusCode: 404 })))).toBeUndefined();
    const refused = new RestError('x', { statusCode: 403 });
    await expect(findOrUndefined(Promise.reject(refused))).rejects.toBe(refused);
    const other = Object.assign(new Error('x'), { statusCode: 404 });
    await expect(findOrUndefined(Promise.reject(other))).rejects.toBe(other);
  });
});

describe('management locks', () => {
  const LOCKS = `GET ${GROUP}/providers/Microsoft.Authorization/locks`;
  const lock = (name: string) => ({
    id: `${GROUP}/locks/${name}`,
    name,
    properties: { level: 'ReadOnly', notes: 'n' },
  });

  it('are listed page by page', async () => {
    const nextLink = `https://management.azure.com${GROUP}/providers/Microsoft.Authorization/locks?page=2`;
    azure.on(LOCKS, { body: { value: [lock('a')], nextLink } }, { body: { value: [lock('b')] } });
    expect(await listLocks(GROUP)).toEqual([
      { id: `${GROUP}/locks/a`, name: 'a', level: 'ReadOnly' },
      { id: `${GROUP}/locks/b`, name: 'b', level: 'ReadOnly' },
    ]);
    expect(azure.requests.map(({ query }) => query)).toEqual([{ 'api-version': '2020-05-01' }, { page: '2' }]);
  });

  it('in force are those at and above a scope', async () => {
    azure.on(LOCKS, { body: { value: [], nextLink: null } });
    expect(await listLocks(GROUP, true)).toEqual([]);
    expect(azure.requests[0]?.query).toEqual({ $filter: 'atScope()', 'api-version': '2020-05-01' });
  });

  it('are none where the scope does not exist', async () => {
    azure.on(LOCKS, NOT_FOUND);
    expect(await listLocks(GROUP)).toEqual([]);
    azure.on(LOCKS, azureError(403, 'AuthorizationFailed'));
    expect(await failureOf(listLocks(GROUP))).toMatchObject({ code: 'AuthorizationFailed' });
  });

  it('are not read on at another host', async () => {
    azure.on(LOCKS, { body: { value: [], nextLink: 'https://evil.example/x' } });
    await expect(listLocks(GROUP)).rejects.toThrow('A list of locks goes on elsewhere.');
    expect(azure.routes).toHaveLength(1);
  });

  it('are put with a note that says who did', async () => {
    const route = `PUT ${GROUP}/providers/Microsoft.Authorization/locks/mine`;
    azure.on(route, { status: 201, body: {} });
    await putLock(GROUP, 'mine', 'CanNotDelete');
    expect(azure.request(route).query).toEqual({ 'api-version': '2020-05-01' });
    expect(azure.request(route).body).toEqual({
      properties: { level: 'CanNotDelete', notes: expect.stringContaining('Airflow on AKS') },
    });
  });
});

describe('what the service may do', () => {
  const permission = { actions: ['a'], notActions: ['n'] };

  it('in a group is asked there', async () => {
    azure.on(`GET ${GROUP}/providers/Microsoft.Authorization/permissions`, { body: { value: [permission] } });
    expect(await readPermissions(SUBSCRIPTION, 'rg')).toMatchObject([permission]);
  });

  it('before there is a group is what its roles at the subscription or above allow', async () => {
    const role = (name: string) => `/providers/Microsoft.Authorization/roleDefinitions/${name}`;
    const assignment = (scope: string | undefined, roleDefinitionId?: string) => ({
      properties: { scope, roleDefinitionId },
    });
    const value = [
      assignment(`/subscriptions/${SUBSCRIPTION}`, role('r1')),
      assignment('/', role('r1')),
      assignment('/providers/Microsoft.Management/managementGroups/m', role('r2')),
      assignment(`${GROUP.toLowerCase()}`, role('of-a-group')),
      assignment(undefined, undefined),
    ];
    azure.on(`GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments`, {
      body: { value },
    });
    azure.on(`GET ${role('r1')}`, { body: { properties: { permissions: [permission] } } });
    azure.on(`GET ${role('r2')}`, { body: { properties: {} } });
    expect(await readPermissions(SUBSCRIPTION, undefined)).toMatchObject([permission]);
    expect(azure.requests[0]?.query.$filter).toBe(`assignedTo('${SCRIPTED_OBJECT_ID}')`);
    expect(azure.routes).toHaveLength(3);
  });

  it('on a resource is asked there', async () => {
    azure.on(`GET ${GROUP}/x/y/providers/Microsoft.Authorization/permissions`, {
      body: { value: [permission, {}, { actions: null, notActions: null }] },
    });
    expect(await readResourcePermissions(`${GROUP}/x/y`)).toEqual([
      permission,
      { actions: [], notActions: [] },
      { actions: [], notActions: [] },
    ]);
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2022-04-01' });
  });
});

describe("a subscription's tenant", () => {
  const ROUTE = `GET /subscriptions/${SUBSCRIPTION}`;

  it('is what the subscription says', async () => {
    azure.on(ROUTE, { body: { tenantId: 't' } });
    expect(await readTenant(SUBSCRIPTION)).toBe('t');
  });

  it.each<Answer>([{ body: {} }, azureError(403, 'AuthorizationFailed')])(
    'is that of the token when the answer is %o',
    async (answer) => {
      azure.on(ROUTE, answer);
      expect(await readTenant(SUBSCRIPTION)).toBe(SCRIPTED_TENANT_ID);
    },
  );

  it('is not guessed when Azure fails', async () => {
    azure.on(ROUTE, azureError(500, 'InternalServerError'));
    await expect(readTenant(SUBSCRIPTION)).rejects.toMatchObject({ statusCode: 500 });
  });
});

describe('the credentials of a source registry', () => {
  const VAULT = 'https://kv.vault.azure.net';
  const credentials = {
    registry: 'docker.io',
    usernameSecretId: `${VAULT}/secrets/user`,
    passwordSecretId: `${VAULT}/secrets/password`,
  };
  const tags = { 'airflow-on-aks-registry': 'Docker.io' };

  const read = (user: Answer) => {
    azure.on(`GET ${VAULT}/secrets/user`, user);
    return recordExchange({}, () => readRegistryCredentials(credentials));
  };

  it('are read from the vault', async () => {
    azure.on(`GET ${VAULT}/secrets/password`, { body: { value: 'p', tags } });
    expect(await read({ body: { value: 'u', tags } })).toEqual({ username: 'u', password: 'p' });
    expect(azure.requests.map(({ query }) => query['api-version'])).toEqual(['7.5', '7.5']);
  });

  it.each([401, 403, 404])('cannot be had at all when the vault answers %i', async (status) => {
    const headers = { 'x-ms-request-id': 'id' };
    expect(await failureOf(read({ status, headers, body: { error: { code: 'C', message: 'm' } } }))).toEqual({
      code: 'RegistryCredentialUnreadable',
      message: `${VAULT}/secrets/user cannot be read: m`,
      status,
      correlationId: 'id',
    });
  });

  it('may be had later otherwise', async () => {
    expect(await failureOf(read(azureError(500, 'C', 'm')))).toMatchObject({ code: 'C', status: 500 });
    expect(await failureOf(read(503))).toMatchObject({
      code: 'HttpStatus503',
      message: `${VAULT}/secrets/user cannot be read: the vault answered HTTP 503.`,
    });
    expect(await failureOf(read({ status: 201, body: { value: 'u', tags } }))).toMatchObject({ status: 201 });
  });

  it.each([
    [undefined, 'has no such tag'],
    [null, 'has no such tag'],
    [{}, 'has no such tag'],
    [{ 'airflow-on-aks-registry': 'quay.io' }, 'is tagged for quay.io'],
  ])('with the tags %o are not sent to the registry', async (given, why) => {
    expect(await failureOf(read({ body: { value: 'u', tags: given } }))).toMatchObject({
      code: 'RegistryCredentialUnreadable',
      message: `${VAULT}/secrets/user may not be sent to docker.io: it takes the tag airflow-on-aks-registry=docker.io, and the secret ${why}.`,
    });
  });

  it.each(['secret', { value: 1, secret: 1 }])('are not quoted when they cannot be parsed', async (body) => {
    expect(await failureOf(read({ body }))).toEqual({
      code: 'UnexpectedAnswer',
      message: `The vault answered no secret for ${VAULT}/secrets/user.`,
    });
  });
});

describe('a subnet', () => {
  const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/v`;

  const read = (id: string, answer: Answer) => {
    azure.on(`GET ${NETWORK}`, answer);
    return readSubnet(id);
  };

  const network = (...subnets: object[]) => ({ body: { location: 'canadacentral', properties: { subnets } } });
  const NODES = { name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } };

  it.each([
    ['one range', NODES, ['10.0.0.0/24']],
    ['several', { name: 'Nodes', properties: { addressPrefix: 'x', addressPrefixes: ['a', 'b'] } }, ['a', 'b']],
    ['none', { name: 'NODES', properties: { addressPrefix: null } }, []],
    ['an empty one', { name: 'NODES', properties: { addressPrefix: '' } }, []],
  ])('with %s is found in its network, in any case', async (_, subnet, ranges) => {
    const other = { name: 'other', properties: { addressPrefix: 'o' } };
    expect(await read(`${NETWORK}/subnets/nodes`, network(other, subnet))).toEqual({
      location: 'canadacentral',
      ranges,
    });
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2024-05-01' });
    expect((await read(`${NETWORK}/SUBNETS/NODES`, network(subnet)))?.ranges).toEqual(ranges);
  });

  it('that is not there is undefined, with its network or without', async () => {
    expect(await read(`${NETWORK}/subnets/x`, network(NODES))).toBeUndefined();
    expect(await read(`${NETWORK}/subnets/x`, { body: { location: 'l', properties: {} } })).toBeUndefined();
    expect(await read(`${NETWORK}/subnets/x`, { body: { location: 'l', properties: { subnets: null } } })).toBe(
      undefined,
    );
    expect(await read(`${NETWORK}/subnets/nodes`, NOT_FOUND)).toBeUndefined();
    expect(await read(NETWORK, network({ name: '', properties: {} }))).toEqual({
      location: 'canadacentral',
      ranges: [],
    });
  });

  it('that may not be read is an error', async () => {
    expect(await failureOf(read(`${NETWORK}/subnets/x`, azureError(403, 'AuthorizationFailed')))).toMatchObject({
      status: 403,
    });
  });
});

describe('the use of vCPUs', () => {
  it('is read by quota', async () => {
    const route = `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/canadacentral/usages`;
    const usage = { currentValue: 4, limit: 10, unit: 'Count' };
    const value = [
      { ...usage, name: { value: 'cores', localizedValue: 'Total Regional vCPUs' } },
      { ...usage, name: { value: 'standardDSv2Family', localizedValue: null } },
    ];
    azure.on(route, { body: { value } });
    expect(await readVcpuUsages(SUBSCRIPTION, 'canadacentral')).toEqual([
      { quota: 'cores', displayName: 'Total Regional vCPUs', used: 4, limit: 10 },
      { quota: 'standardDSv2Family', displayName: 'standardDSv2Family', used: 4, limit: 10 },
    ]);
    expect(azure.request(route).query).toEqual({ 'api-version': '2024-07-01' });
  });
});

describe('a VM size', () => {
  const ROUTE = `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/skus`;
  const SIZE = {
    resourceType: 'virtualMachines',
    name: 'Standard_DS4_v2',
    family: 'standardDSv2Family',
    capabilities: [
      { name: 'MemoryGB', value: '28' },
      { name: 'vCPUs', value: '8' },
    ],
    locationInfo: [{ location: 'canadacentral', zones: ['3', '1', '2'] }],
    restrictions: [],
  };

  const find = (...value: unknown[]) => {
    azure.on(ROUTE, { body: { value } });
    return findVmSize(SUBSCRIPTION, 'canadacentral', 'standard_ds4_V2');
  };

  it('is found in the list of its location, in any case', async () => {
    const others = [
      'no object',
      { ...SIZE, resourceType: 'disks', family: 'wrong' },
      { ...SIZE, name: 'Standard_DS3_v2', family: 'wrong' },
      { ...SIZE, name: null },
      { family: 7 },
    ];
    expect(await find(...others, SIZE, { ...SIZE, family: 'second' })).toEqual({
      name: 'Standard_DS4_v2',
      family: 'standardDSv2Family',
      vcpus: 8,
      zones: ['1', '2', '3'],
      refusedBecause: undefined,
    });
    expect(azure.request(ROUTE).query).toEqual({
      'api-version': '2021-07-01',
      $filter: "location eq 'canadacentral'",
    });
  });

  it('that the location does not offer is undefined', async () => {
    expect(await find()).toBeUndefined();
    expect(await find({ ...SIZE, name: 'Other' })).toBeUndefined();
  });

  it('may not be used where the subscription is restricted', async () => {
    const restrictions = [
      { type: 'Zone', reasonCode: 'OfZone', restrictionInfo: { zones: ['2'] } },
      { type: 'Zone', reasonCode: 'OfZone', restrictionInfo: null },
      { type: 'Other', reasonCode: 'OfOther', restrictionInfo: { zones: ['1'] } },
    ];
    expect(await find({ ...SIZE, restrictions })).toMatchObject({ zones: ['1', '3'], refusedBecause: undefined });
    const all = [...restrictions, { type: 'Location', reasonCode: 'NotAvailableForSubscription' }];
    expect(await find({ ...SIZE, restrictions: all })).toMatchObject({ refusedBecause: 'NotAvailableForSubscription' });
    expect((await find({ ...SIZE, restrictions: [{ type: 'Location', reasonCode: null }] }))?.refusedBecause).toBe(
      undefined,
    );
  });

  it('may be described in part', async () => {
    expect(await find({ resourceType: 'virtualMachines', name: SIZE.name })).toEqual({
      name: 'Standard_DS4_v2',
      family: '',
      vcpus: 0,
      zones: [],
      refusedBecause: undefined,
    });
    const partly = {
      capabilities: [{ name: 'vCPUs', value: 'many' }],
      locationInfo: [{ zones: null }, { zones: ['1'] }],
    };
    expect(await find({ ...SIZE, ...partly })).toMatchObject({ vcpus: 0, zones: ['1'] });
  });
});

import { describe, expect, it } from 'vitest';
import { registryImplementation } from '../../src/activities/registry.ts';
import { registry } from '../../src/steps/registry.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import {
  callActivity,
  deploymentAir,
  OWN_TAGS,
  operationHeaders,
  operationUrl,
  stepInput,
} from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair`;
const GET = `GET ${REGISTRY}`;
const PUT = `PUT ${REGISTRY}`;
const PATCH = `PATCH ${REGISTRY}`;
const VALUE = { id: REGISTRY, loginServer: 'regair.azurecr.io' };
const DONE = { kind: 'done', value: VALUE, resourceId: REGISTRY };

const aRegistry = (properties: object = {}, rest: object = {}) => ({
  id: REGISTRY,
  name: 'regair',
  location: 'canadacentral',
  sku: { name: 'Premium' },
  tags: { team: 'data' },
  ...rest,
  properties: {
    provisioningState: 'Succeeded',
    loginServer: 'regair.azurecr.io',
    adminUserEnabled: true,
    ...properties,
  },
});

const apply = (body: object = {}) =>
  callActivity(registryImplementation.activity, stepInput(registry, deploymentAir(body)));

const inspect = (body: object = {}) => registryImplementation.inspect(stepInput(registry, deploymentAir(body)));

const present = (properties: object = {}, rest: object = {}): void =>
  azure.on(GET, { body: aRegistry(properties, rest) });

describe('a registry that does not exist', () => {
  it.each([
    ['tutorial', true],
    ['hardened', false],
  ])('is created in the profile %s with adminUserEnabled %s', async (profile, adminUserEnabled) => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, {
      status: 201,
      body: aRegistry({ provisioningState: 'Creating' }),
      headers: operationHeaders('put'),
    });
    expect(await apply({ profile })).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 15,
      checkpoint: JSON.stringify({ sent: 'created', operation: { url: operationUrl('put'), kind: 'status' } }),
      resourceId: REGISTRY,
      wrote: true,
    });
    expect(azure.request(PUT).body).toEqual({
      location: 'canadacentral',
      tags: OWN_TAGS,
      sku: { name: 'Premium' },
      properties: { adminUserEnabled, anonymousPullEnabled: false },
    });
  });

  it('is an error when Azure answers it without its login server', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { body: aRegistry({ loginServer: undefined }) });
    expect(await apply()).toMatchObject({ error: { message: 'Azure answered a registry without its login server.' } });
  });
});

describe('a registry that exists', () => {
  it('stays as it is, whether its admin user is switched on or off', async () => {
    present();
    expect(await apply()).toEqual({ ...DONE, change: 'unchanged' });
    present({ adminUserEnabled: false });
    expect(await inspect()).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: REGISTRY,
      value: VALUE,
      note: 'It is hardened and stays so: adminUserEnabled false.',
    });
  });

  it('gets its tags', async () => {
    present({}, { tags: { other: 'x' } });
    azure.on(PATCH, { body: aRegistry() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['tags.team'] });
    expect(azure.request(PATCH).body).toEqual({ tags: { other: 'x', team: 'data' } });
  });

  it('is hardened, without a note', async () => {
    present();
    azure.on(PATCH, { body: aRegistry({ adminUserEnabled: false }) });
    expect(await apply({ profile: 'hardened' })).toEqual({ ...DONE, change: 'updated', changed: ['adminUserEnabled'] });
    expect(azure.request(PATCH).body).toEqual({ tags: { team: 'data' }, properties: { adminUserEnabled: false } });
  });

  it('cannot be moved to another location', async () => {
    present({}, { location: 'westeurope' });
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'ImmutableDifference' } });
  });

  it('is repaired with all that it had', async () => {
    const kept = {
      adminUserEnabled: false,
      anonymousPullEnabled: true,
      networkRuleSet: { defaultAction: 'Deny' },
      publicNetworkAccess: 'Disabled',
      policies: { quarantinePolicy: { status: 'enabled' } },
      encryption: { status: 'enabled' },
    };
    const identity = { type: 'UserAssigned', userAssignedIdentities: { [`${GROUP}/id`]: {} } };
    present({ provisioningState: 'Failed', ...kept }, { sku: { name: 'Standard' }, tags: { other: 'x' }, identity });
    azure.on(PUT, { body: aRegistry() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['provisioningState'] });
    expect(azure.request(PUT).body).toEqual({
      location: 'canadacentral',
      tags: { other: 'x', team: 'data' },
      sku: { name: 'Standard' },
      identity,
      properties: kept,
    });
  });

  it('with nothing of its own is repaired like a new one, but for the mark of who created it', async () => {
    present({ provisioningState: 'Failed', adminUserEnabled: undefined }, { tags: undefined });
    azure.on(PUT, { body: aRegistry() });
    await apply();
    expect(azure.request(PUT).body).toEqual({
      location: 'canadacentral',
      tags: { team: 'data' },
      sku: { name: 'Premium' },
      properties: { adminUserEnabled: true, anonymousPullEnabled: false },
    });
  });

  it('is hardened by its repair', async () => {
    present({ provisioningState: 'Failed' });
    azure.on(PUT, { body: aRegistry() });
    await apply({ profile: 'hardened' });
    expect(azure.request(PUT).body).toMatchObject({ properties: { adminUserEnabled: false } });
  });
});

it('a registry of somebody else is used as it is', async () => {
  const theirs = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/theirs`;
  azure.on(`GET ${theirs}`, { body: aRegistry({}, { location: 'westeurope', tags: {} }) });
  const result = await apply({ registryName: undefined, existing: { registryId: theirs } });
  expect(result).toEqual({
    kind: 'done',
    value: { ...VALUE, id: theirs },
    change: 'unchanged',
    resourceId: theirs,
  });
});

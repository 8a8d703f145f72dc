import { describe, expect, it } from 'vitest';
import { storageImplementation } from '../../src/activities/storage.ts';
import { storage } from '../../src/steps/storage.ts';
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

const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const GET = `GET ${ACCOUNT}`;
const PUT = `PUT ${ACCOUNT}`;
const PATCH = `PATCH ${ACCOUNT}`;
const DONE = { kind: 'done', value: { id: ACCOUNT }, resourceId: ACCOUNT };

const anAccount = (properties: object = {}, rest: object = {}) => ({
  id: ACCOUNT,
  name: 'stair',
  location: 'canadacentral',
  kind: 'StorageV2',
  sku: { name: 'Standard_ZRS', tier: 'Standard' },
  tags: { team: 'data' },
  ...rest,
  properties: { provisioningState: 'Succeeded', ...properties },
});

const HARDENED = { minimumTlsVersion: 'TLS1_2', allowSharedKeyAccess: false };

const apply = (body: object = {}, checkpoint?: string) =>
  callActivity(storageImplementation.activity, stepInput(storage, deploymentAir(body)), {
    ...(checkpoint !== undefined && { checkpoint }),
  });

const inspect = (body: object = {}) => storageImplementation.inspect(stepInput(storage, deploymentAir(body)));

const present = (properties: object = {}, rest: object = {}): void =>
  azure.on(GET, { body: anAccount(properties, rest) });

const NEW = {
  location: 'canadacentral',
  tags: OWN_TAGS,
  sku: { name: 'Standard_ZRS' },
  kind: 'StorageV2',
  properties: {
    encryption: { services: { blob: {} }, keySource: 'Microsoft.Storage' },
    supportsHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
  },
};

describe('an account that does not exist', () => {
  it('is created, and its operation followed, as Azure does not show it until then', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 202, headers: operationHeaders('put') });
    azure.on(`GET ${operationUrl('put').replace('https://management.azure.com', '')}`, {
      body: { status: 'InProgress' },
      headers: { 'retry-after': '17' },
    });
    const checkpoint = JSON.stringify({ sent: 'created', operation: { url: operationUrl('put'), kind: 'status' } });
    expect(await apply()).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 15,
      checkpoint,
      resourceId: ACCOUNT,
      wrote: true,
    });
    expect(azure.request(PUT).body).toEqual(NEW);
    expect(await apply({}, checkpoint)).toEqual({ kind: 'wait', requeueAfterSeconds: 17, resourceId: ACCOUNT });
  });

  it('is created hardened if the request says so', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { body: anAccount(HARDENED) });
    expect(await apply({ profile: 'hardened' })).toEqual({ ...DONE, change: 'created' });
    expect(azure.request(PUT).body).toEqual({ ...NEW, properties: { ...NEW.properties, ...HARDENED } });
  });
});

describe('an account that exists', () => {
  it('stays as it is', async () => {
    present();
    expect(await apply()).toEqual({ ...DONE, change: 'unchanged' });
    expect(await inspect()).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: ACCOUNT,
      value: { id: ACCOUNT },
    });
  });

  it('gets its tags', async () => {
    present({}, { tags: { other: 'x' } });
    azure.on(PATCH, { body: anAccount() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['tags.team'] });
    expect(azure.request(PATCH).body).toEqual({ tags: { other: 'x', team: 'data' } });
  });

  it('is hardened', async () => {
    present({ minimumTlsVersion: 'TLS1_0' });
    azure.on(PATCH, { body: anAccount(HARDENED) });
    expect(await apply({ profile: 'hardened' })).toEqual({
      ...DONE,
      change: 'updated',
      changed: ['minimumTlsVersion', 'allowSharedKeyAccess'],
    });
    expect(azure.request(PATCH).body).toEqual({ tags: { team: 'data' }, properties: HARDENED });
  });

  it.each([
    [{}, { allowSharedKeyAccess: false }, 'It is hardened and stays so: allowSharedKeyAccess false.'],
    [{}, { allowSharedKeyAccess: true, minimumTlsVersion: 'TLS1_2' }, undefined],
    [{}, {}, undefined],
    [{ profile: 'hardened' }, HARDENED, undefined],
  ])('for a request %j with %j has the note %s', async (body, properties, note) => {
    present(properties);
    expect((await inspect(body)).note).toBe(note);
  });

  it.each([
    [{ location: 'westeurope' }, 'location', 'westeurope', 'canadacentral'],
    [{ kind: 'BlobStorage' }, 'kind', 'BlobStorage', 'StorageV2'],
    [{ sku: { name: 'Standard_LRS' } }, 'sku.name', 'Standard_LRS', 'Standard_ZRS'],
  ])('with %j cannot be changed', async (rest, property, from, to) => {
    present({}, rest);
    expect(await apply()).toMatchObject({
      kind: 'failed',
      error: { message: `${property} of ${ACCOUNT} is ${from} and cannot be changed to ${to}.` },
    });
  });

  const KEPT = {
    networkAcls: { bypass: 'None', defaultAction: 'Deny' },
    publicNetworkAccess: 'Disabled',
    minimumTlsVersion: 'TLS1_0',
    allowSharedKeyAccess: false,
    accessTier: 'Cool',
    encryption: { services: { file: { enabled: true } }, keySource: 'Microsoft.Keyvault' },
    sasPolicy: { sasExpirationPeriod: '1.00:00:00', expirationAction: 'Log' },
    keyPolicy: { keyExpirationPeriodInDays: 30 },
  };

  it('is repaired with all that it had', async () => {
    const identity = { type: 'UserAssigned', userAssignedIdentities: { [`${GROUP}/id`]: {} } };
    present({ provisioningState: 'Failed', ...KEPT }, { tags: { other: 'x' }, identity });
    azure.on(PUT, { body: anAccount() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['provisioningState'] });
    expect(azure.request(PUT).body).toEqual({
      ...NEW,
      tags: { other: 'x', team: 'data' },
      identity,
      properties: { ...NEW.properties, ...KEPT },
    });
  });

  it('is hardened by its repair', async () => {
    present({ provisioningState: 'Failed', allowSharedKeyAccess: true, minimumTlsVersion: 'TLS1_0' });
    azure.on(PUT, { body: anAccount(HARDENED) });
    await apply({ profile: 'hardened' });
    expect(azure.request(PUT).body).toMatchObject({ properties: HARDENED });
  });

  it('with nothing of its own is repaired like a new one, but for the mark of who created it', async () => {
    present({ provisioningState: 'Failed' }, { tags: undefined });
    azure.on(PUT, { body: anAccount() });
    await apply();
    expect(azure.request(PUT).body).toEqual({ ...NEW, tags: { team: 'data' } });
  });
});

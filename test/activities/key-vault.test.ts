import { describe, expect, it } from 'vitest';
import { keyVaultImplementation } from '../../src/activities/key-vault.ts';
import { keyVault } from '../../src/steps/key-vault.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import {
  callActivity,
  deploymentAir,
  OWN_TAGS,
  operationHeaders,
  operationUrl,
  stepInput,
} from '../support/call-activity.ts';
import {
  type Answer,
  azureError,
  NOT_FOUND,
  SCRIPTED_OBJECT_ID,
  SCRIPTED_TENANT_ID,
  useScriptedAzure,
} from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair`;
const GET = `GET ${VAULT}`;
const PUT = `PUT ${VAULT}`;
const PATCH = `PATCH ${VAULT}`;
const ADD_POLICY = `PUT ${VAULT}/accessPolicies/add`;
const GET_DELETED = `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`;
const URI = 'https://kvair.vault.azure.net/';
const VALUE = { id: VAULT, uri: URI };

const CALLER_POLICY = {
  tenantId: SCRIPTED_TENANT_ID,
  objectId: SCRIPTED_OBJECT_ID,
  permissions: { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] },
};

const OTHER_POLICY = { tenantId: SCRIPTED_TENANT_ID, objectId: 'other', permissions: { secrets: ['all'] } };

const aVault = (properties: object = {}, rest: object = {}) => ({
  id: VAULT,
  name: 'kvair',
  location: 'canadacentral',
  tags: { team: 'data' },
  ...rest,
  properties: {
    provisioningState: 'Succeeded',
    tenantId: SCRIPTED_TENANT_ID,
    sku: { family: 'A', name: 'standard' },
    vaultUri: URI,
    accessPolicies: [CALLER_POLICY],
    enableRbacAuthorization: false,
    ...properties,
  },
});

const HARDENED = { enableRbacAuthorization: true, enablePurgeProtection: true, accessPolicies: [] };

const SOFT_DELETED = azureError(
  409,
  'ConflictError',
  'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.',
);

const aDeletedVault = (vaultId: string, tags: object = {}): Answer => ({
  body: { id: GET_DELETED.slice(4), properties: { vaultId, location: 'canadacentral', tags } },
});

const apply = (body: object = {}, extra: object = {}) =>
  callActivity(keyVaultImplementation.activity, stepInput(keyVault, { ...deploymentAir(body), ...extra }));

const inspect = (body: object = {}) => keyVaultImplementation.inspect(stepInput(keyVault, deploymentAir(body)));

const present = (properties: object = {}, rest: object = {}): void => azure.on(GET, { body: aVault(properties, rest) });

describe('a vault that does not exist', () => {
  it('is created as az creates the one of the tutorial', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 201, body: aVault() });
    expect(await apply({}, { requestedBy: 'somebody' })).toEqual({
      kind: 'done',
      value: VALUE,
      change: 'created',
      resourceId: VAULT,
    });
    expect(azure.request(PUT).body).toEqual({
      location: 'canadacentral',
      tags: { ...OWN_TAGS, 'airflow-on-aks-requested-by': 'somebody' },
      properties: {
        tenantId: SCRIPTED_TENANT_ID,
        sku: { family: 'A', name: 'standard' },
        enableRbacAuthorization: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
        accessPolicies: [CALLER_POLICY],
      },
    });
  });

  it('is created without any policy when it is hardened', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 201, body: aVault(HARDENED) });
    expect(await apply({ profile: 'hardened' })).toMatchObject({ kind: 'done', change: 'created' });
    expect(azure.request(PUT).body).toMatchObject({
      properties: { enableRbacAuthorization: true, enablePurgeProtection: true, accessPolicies: [] },
    });
  });

  it('is waited for when Azure takes its time', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, {
      status: 201,
      body: aVault({ provisioningState: 'RegisteringDns' }),
      headers: operationHeaders('put'),
    });
    expect(await apply()).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 15,
      checkpoint: JSON.stringify({ sent: 'created', operation: { url: operationUrl('put'), kind: 'status' } }),
      resourceId: VAULT,
      wrote: true,
    });
  });

  it('is an error when Azure answers it without its URI', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 201, body: aVault({ vaultUri: undefined }) });
    expect(await apply()).toMatchObject({
      error: { code: 'Unknown', message: 'Azure answered a vault without its URI.' },
    });
  });

  it('is not created when the name is taken', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, azureError(409, 'VaultAlreadyExists', 'The name is in use.'));
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'VaultAlreadyExists' } });
    expect(azure.routes).toEqual([GET, PUT]);
  });
});

describe('a vault that was deleted', () => {
  it.each(['deleted state', 'Recoverable State'])(
    'is recovered, with nothing else in the request: %s',
    async (state) => {
      azure.on(GET, NOT_FOUND);
      azure.on(PUT, azureError(409, 'ConflictError', `It exists in a ${state}.`), {
        status: 201,
        body: aVault({ provisioningState: 'RegisteringDns' }),
        headers: operationHeaders('put'),
      });
      azure.on(GET_DELETED, aDeletedVault(VAULT.toUpperCase()));
      expect(await apply()).toMatchObject({
        kind: 'wait',
        checkpoint: JSON.stringify({
          sent: 'recovered',
          changed: ['recovered'],
          operation: { url: operationUrl('put'), kind: 'status' },
        }),
      });
      expect(azure.routes).toEqual([GET, PUT, GET_DELETED, PUT]);
      expect(azure.requests[3]?.body).toEqual({
        location: 'canadacentral',
        tags: OWN_TAGS,
        properties: { tenantId: SCRIPTED_TENANT_ID, sku: { family: 'A', name: 'standard' }, createMode: 'recover' },
      });
    },
  );

  it('is one that was updated when it is back at once', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, SOFT_DELETED, { body: aVault() });
    azure.on(GET_DELETED, aDeletedVault(VAULT));
    expect(await apply()).toMatchObject({ kind: 'done', change: 'updated', changed: ['recovered'] });
  });

  it.each([
    ['of another resource group', aDeletedVault(VAULT.replace('/rg/', '/other/'))],
    ['that nobody knows', NOT_FOUND],
    ['without an id', { body: { properties: {} } }],
    ['without properties', { body: {} }],
    ['that may not be seen', azureError(403, 'AuthorizationFailed')],
  ])('keeps its name when it is one %s', async (_, answer) => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, SOFT_DELETED, { body: aVault() });
    azure.on(GET_DELETED, answer);
    expect(await apply()).toMatchObject({
      kind: 'failed',
      error: { code: 'ConflictError', message: expect.stringContaining('in deleted state'), status: 409 },
    });
  });

  it('is tried again when Azure does not say whose it was', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, SOFT_DELETED);
    azure.on(GET_DELETED, azureError(500, 'InternalServerError'));
    expect(await apply()).toMatchObject({ kind: 'wait', error: { code: 'InternalServerError' } });
  });

  it('is recovered only after a conflict', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, azureError(400, 'BadRequest', 'It is in deleted state.'));
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'BadRequest' } });
    expect(azure.routes).toEqual([GET, PUT]);
  });

  it.each([
    ['recovered', aDeletedVault(VAULT), 'update', [{ property: 'recovered', from: 'deleted', to: 'recovered' }]],
    ['created', NOT_FOUND, 'create', []],
  ])('is planned to be %s', async (_, answer, action, changes) => {
    azure.on(GET, NOT_FOUND);
    azure.on(GET_DELETED, answer);
    expect(await inspect()).toEqual({ action, changes, resourceId: VAULT });
  });
});

describe('a vault that exists', () => {
  it('stays as it is when it has all that is wanted', async () => {
    present();
    expect(await apply()).toEqual({ kind: 'done', value: VALUE, change: 'unchanged', resourceId: VAULT });
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: VAULT, value: VALUE });
  });

  const MISSING = { property: 'accessPolicies.caller', from: 'not set', to: 'set' };
  const policy = (parts: object) => ({ accessPolicies: [{ ...CALLER_POLICY, ...parts }] });

  it.each([
    ['has no policies', { accessPolicies: undefined }, [MISSING]],
    ['has none for the service', { accessPolicies: [OTHER_POLICY] }, [MISSING]],
    ['has one among others', { accessPolicies: [OTHER_POLICY, CALLER_POLICY] }, []],
    ['does not let it at the secrets', policy({ permissions: { keys: ['all'] } }), [MISSING]],
    ['lets it only read secrets', policy({ permissions: { secrets: ['get', 'list'] } }), [MISSING]],
    ['names permissions in capitals', policy({ permissions: { secrets: ['get', 'All'] } }), []],
    ['names the service in capitals', policy({ objectId: SCRIPTED_OBJECT_ID.toUpperCase() }), []],
    ['was moved to RBAC', { accessPolicies: [], enableRbacAuthorization: true }, []],
  ])('and %s lacks %j', async (_, properties, changes) => {
    present(properties);
    expect(await inspect()).toMatchObject({ action: changes.length > 0 ? 'update' : 'unchanged', changes });
  });

  it('gets the policy of the service beside those of others, and its tags', async () => {
    present({ accessPolicies: [OTHER_POLICY] }, { tags: { other: 'x' } });
    azure.on(ADD_POLICY, { body: { properties: { accessPolicies: [CALLER_POLICY] } } });
    azure.on(PATCH, { body: aVault() });
    expect(await apply()).toEqual({
      kind: 'done',
      value: VALUE,
      change: 'updated',
      changed: ['accessPolicies.caller', 'tags.team'],
      resourceId: VAULT,
    });
    expect(azure.routes).toEqual([GET, ADD_POLICY, PATCH]);
    expect(azure.request(ADD_POLICY).body).toEqual({ properties: { accessPolicies: [CALLER_POLICY] } });
    expect(azure.request(PATCH).body).toEqual({ tags: { other: 'x', team: 'data' } });
  });

  it('gets its tags alone when only these differ', async () => {
    present({}, { tags: undefined });
    azure.on(PATCH, { body: aVault() });
    expect(await apply()).toMatchObject({ kind: 'done', change: 'updated', changed: ['tags.team'] });
    expect(azure.routes).toEqual([GET, PATCH]);
  });

  it('is hardened, after which policies have no effect', async () => {
    present({ accessPolicies: [OTHER_POLICY, OTHER_POLICY, CALLER_POLICY] });
    azure.on(PATCH, { body: aVault({ ...HARDENED, accessPolicies: [OTHER_POLICY, OTHER_POLICY, CALLER_POLICY] }) });
    const note = `The access policies have no effect any more: of other, ${SCRIPTED_OBJECT_ID} gets in only who has a role; the deployment gives one to its managed identity alone. Purge protection cannot be switched off again.`;
    expect(await inspect({ profile: 'hardened' })).toEqual({
      action: 'update',
      changes: [
        { property: 'enableRbacAuthorization', from: 'false', to: 'true' },
        { property: 'enablePurgeProtection', from: 'not set', to: 'true' },
      ],
      resourceId: VAULT,
      value: VALUE,
      note,
    });
    expect(await apply({ profile: 'hardened' })).toEqual({
      kind: 'done',
      value: VALUE,
      change: 'updated',
      changed: ['enableRbacAuthorization', 'enablePurgeProtection'],
      resourceId: VAULT,
      note,
    });
    expect(azure.request(PATCH).body).toEqual({
      tags: { team: 'data' },
      properties: { enableRbacAuthorization: true, enablePurgeProtection: true },
    });
  });

  it.each([
    ['that is hardened has nothing to note', HARDENED, undefined],
    [
      'whose purge protection is new says that it stays',
      { ...HARDENED, accessPolicies: [OTHER_POLICY], enablePurgeProtection: undefined },
      'Purge protection cannot be switched off again.',
    ],
    ['without policies locks nobody out', { accessPolicies: undefined, enablePurgeProtection: true }, undefined],
  ])('%s', async (_, properties, note) => {
    present(properties);
    expect((await inspect({ profile: 'hardened' })).note).toBe(note);
  });

  it('that is hardened stays so for a request of the tutorial', async () => {
    present(HARDENED);
    expect((await inspect()).note).toBe(
      'It is hardened and stays so: enableRbacAuthorization true, enablePurgeProtection true.',
    );
    present();
    expect((await inspect()).note).toBeUndefined();
  });

  it('is repaired with all that it had', async () => {
    const networkAcls = { bypass: 'None', defaultAction: 'Deny' };
    present(
      { provisioningState: 'Failed', accessPolicies: [OTHER_POLICY], networkAcls, enableSoftDelete: true },
      { tags: { other: 'x' } },
    );
    azure.on(PUT, { body: aVault() });
    expect(await apply()).toMatchObject({ kind: 'done', change: 'updated', changed: ['provisioningState'] });
    expect(azure.request(PUT).body).toEqual({
      location: 'canadacentral',
      tags: { other: 'x', team: 'data' },
      properties: {
        tenantId: SCRIPTED_TENANT_ID,
        sku: { family: 'A', name: 'standard' },
        accessPolicies: [OTHER_POLICY],
        enableRbacAuthorization: false,
        enableSoftDelete: true,
        networkAcls,
      },
    });
  });

  it('is hardened by its repair', async () => {
    present({ provisioningState: 'Failed' });
    azure.on(PUT, { body: aVault(HARDENED) });
    await apply({ profile: 'hardened' });
    expect(azure.request(PUT).body).toMatchObject({
      properties: { enableRbacAuthorization: true, enablePurgeProtection: true, accessPolicies: [CALLER_POLICY] },
    });
  });

  it('cannot be moved to another location', async () => {
    present({}, { location: 'westeurope' });
    expect(await apply()).toMatchObject({
      kind: 'failed',
      error: {
        code: 'ImmutableDifference',
        message: `location of ${VAULT} is westeurope and cannot be changed to canadacentral.`,
      },
    });
  });
});

describe('a vault of somebody else', () => {
  const THEIRS = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.KeyVault/vaults/kvtheirs`;

  it('is used as it is', async () => {
    azure.on(`GET ${THEIRS}`, { body: aVault({ accessPolicies: [] }, { location: 'westeurope', tags: {} }) });
    expect(await apply({ keyVaultName: undefined, existing: { keyVaultId: THEIRS } })).toEqual({
      kind: 'done',
      value: { id: THEIRS, uri: URI },
      change: 'unchanged',
      resourceId: THEIRS,
    });
  });

  it('is not created when it does not exist', async () => {
    azure.on(`GET ${THEIRS}`, NOT_FOUND);
    expect(await apply({ keyVaultName: undefined, existing: { keyVaultId: THEIRS } })).toMatchObject({
      kind: 'failed',
      error: { code: 'ExistingResourceUnusable', message: `${THEIRS} does not exist.` },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { secretsImplementation } from '../../src/activities/secrets.ts';
import { secrets } from '../../src/steps/secrets.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const NAME = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME';
const KEY = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY';
const GET_ACCOUNT = `GET ${ACCOUNT}`;
const LIST_KEYS = `POST ${ACCOUNT}/listKeys`;
const GET_NAME = `GET ${VAULT}/secrets/${NAME}`;
const GET_KEY = `GET ${VAULT}/secrets/${KEY}`;
const PUT_NAME = `PUT ${VAULT}/secrets/${NAME}`;
const PUT_KEY = `PUT ${VAULT}/secrets/${KEY}`;
const KEY_ID = `${VAULT}/secrets/${KEY}`;
const MADE = '2026-11-01T08:00:00.000Z';
const TAG = 'airflow-on-aks-value-of';

const uri = (name: string) => `https://kvair.vault.azure.net/secrets/${name}`;
const aSecret = (name: string, tags: object = {}) => ({ body: { name, tags, properties: { secretUri: uri(name) } } });
const VALUE = { nameSecretUri: uri(NAME), keySecretUri: uri(KEY) };
const DONE = { kind: 'done', value: VALUE, resourceId: KEY_ID };

const input = (body: object = {}) => stepInput(secrets, deploymentAir(body));
const inspect = () => secretsImplementation.inspect(input());
const apply = (checkpoint?: string) =>
  callActivity(secretsImplementation.activity, input(), { ...(checkpoint !== undefined && { checkpoint }) });

const anAccount = (properties: object = { keyCreationTime: { key1: MADE, key2: '2020-01-01T00:00:00Z' } }) => ({
  body: { id: ACCOUNT, location: 'canadacentral', properties },
});

/** What the vault holds, of an account with a key. */
const present = (name: object | undefined, key: object | undefined): void => {
  azure.on(GET_ACCOUNT, anAccount());
  azure.on(LIST_KEYS, {
    body: {
      keys: [
        { keyName: 'key2', value: 'two' },
        { keyName: 'key1', value: 'one' },
      ],
    },
  });
  azure.on(GET_NAME, name ? aSecret(NAME, name) : NOT_FOUND);
  azure.on(GET_KEY, key ? aSecret(KEY, key) : NOT_FOUND);
  azure.on(PUT_NAME, aSecret(NAME));
  azure.on(PUT_KEY, aSecret(KEY));
};

const CURRENT_NAME = { [TAG]: 'stair' };
const CURRENT_KEY = { [TAG]: MADE };

describe('a vault without the secrets', () => {
  it('gets name and key of the account', async () => {
    present(undefined, undefined);
    expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: KEY_ID });
    expect(await apply()).toEqual({ ...DONE, change: 'created', changed: [] });
    expect(azure.request(PUT_NAME).body).toEqual({
      tags: { 'file-encoding': 'utf-8', [TAG]: 'stair' },
      properties: { value: 'stair' },
    });
    expect(azure.request(PUT_KEY).body).toEqual({
      tags: { 'file-encoding': 'utf-8', [TAG]: MADE },
      properties: { value: 'one' },
    });
  });

  it('gets the one that is missing; the other stays', async () => {
    present(CURRENT_NAME, undefined);
    expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: KEY_ID });
    expect(await apply()).toEqual({ ...DONE, change: 'created', changed: [] });
    expect(azure.routes).not.toContain(PUT_NAME);
  });

  it('gets both from an account that does not say when its key was made', async () => {
    present(undefined, undefined);
    for (const properties of [{}, { keyCreationTime: {} }]) {
      azure.on(GET_ACCOUNT, anAccount(properties));
      expect(await apply()).toMatchObject({ kind: 'done', change: 'created' });
      expect(azure.requests.at(-1)?.body).toEqual({ tags: { 'file-encoding': 'utf-8' }, properties: { value: 'one' } });
    }
  });

  it('may answer no address', async () => {
    present(undefined, undefined);
    azure.on(PUT_KEY, { body: { properties: {} } });
    expect(await apply()).toMatchObject({ value: { ...VALUE, keySecretUri: '' } });
  });

  it.each([
    [{}],
    [{ keys: [] }],
    [{ keys: [{ keyName: 'key2', value: 'two' }] }],
    [{ keys: [{ keyName: 'key1', value: '' }] }],
  ])('waits for a key where Azure lists %j', async (body) => {
    present(undefined, undefined);
    azure.on(LIST_KEYS, { body });
    expect(await apply()).toMatchObject({
      error: { message: 'Azure listed no key1 for the storage account stair.' },
    });
  });

  it('is an error without the account; a plan goes without', async () => {
    present(undefined, undefined);
    azure.on(GET_ACCOUNT, NOT_FOUND);
    expect(await inspect()).toMatchObject({ action: 'create' });
    expect(await apply()).toMatchObject({ error: { code: 'ResourceNotFound' } });
  });
});

describe('secrets that are there', () => {
  it('stay as they are when they are those of the account; its key is not read', async () => {
    present(CURRENT_NAME, CURRENT_KEY);
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: KEY_ID, value: VALUE });
    expect(await apply()).toEqual({ ...DONE, change: 'unchanged', changed: [] });
    expect(azure.routes.filter((route) => !route.startsWith('GET '))).toEqual([]);
  });

  it.each([
    [{ [TAG]: '2020-01-01T00:00:00.000Z' }, '2020-01-01T00:00:00.000Z'],
    [{}, 'not set'],
    [undefined, 'not set'],
  ])('are written again when the key is another one: %j', async (tags, from) => {
    present(CURRENT_NAME, CURRENT_KEY);
    azure.on(GET_KEY, { body: { tags, properties: { secretUri: uri(KEY) } } });
    expect(await inspect()).toEqual({
      action: 'update',
      changes: [{ property: KEY, from, to: MADE }],
      resourceId: KEY_ID,
    });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: [KEY] });
    expect(azure.request(PUT_KEY).body).toMatchObject({ tags: { [TAG]: MADE } });
  });

  it('keep the tags of others', async () => {
    present({ owner: 'me', [TAG]: 'another' }, CURRENT_KEY);
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: [NAME] });
    expect(azure.request(PUT_NAME).body).toMatchObject({
      tags: { owner: 'me', 'file-encoding': 'utf-8', [TAG]: 'stair' },
    });
  });

  it('are written again when it is not known which key they hold', async () => {
    present(CURRENT_NAME, CURRENT_KEY);
    azure.on(GET_ACCOUNT, NOT_FOUND);
    expect(await inspect()).toMatchObject({
      action: 'update',
      changes: [{ property: KEY, from: MADE, to: 'known after the step storage' }],
    });
  });

  it('are written again when neither they nor the account say which key it is', async () => {
    present(CURRENT_NAME, {});
    azure.on(GET_ACCOUNT, anAccount({}));
    expect(await inspect()).toMatchObject({
      action: 'update',
      changes: [{ property: KEY, from: 'not set', to: 'known after the step storage' }],
    });
  });

  it('are created, not updated, when one is missing and one differs', async () => {
    present(undefined, {});
    expect(await inspect()).toMatchObject({ action: 'create', changes: [{ property: KEY }] });
    expect(await apply()).toMatchObject({ change: 'created', changed: [KEY] });
  });
});

describe('a secret that was deleted', () => {
  it('is recovered, which counts as an update', async () => {
    present(undefined, CURRENT_KEY);
    azure.on(PUT_NAME, azureError(409, 'Conflict', 'It is currently in a deleted but recoverable state.'));
    azure.on(`GET ${VAULT}`, {
      body: {
        id: VAULT,
        location: 'canadacentral',
        properties: {
          tenantId: 't',
          sku: { family: 'A', name: 'standard' },
          vaultUri: 'https://kvair.vault.azure.net/',
        },
      },
    });
    azure.on(`POST https://kvair.vault.azure.net/deletedsecrets/${NAME}/recover`, 200);
    expect(await apply()).toMatchObject({ kind: 'wait', error: { code: 'SecretRecovering' }, checkpoint: NAME });
    azure.on(GET_NAME, aSecret(NAME, CURRENT_NAME));
    expect(await apply(NAME)).toEqual({ ...DONE, change: 'updated', changed: [NAME] });
  });
});

it('the vault may be in another group', async () => {
  const theirs = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.KeyVault/vaults/kvtheirs`;
  azure.on(GET_ACCOUNT, anAccount());
  azure.on(`GET ${theirs}/secrets/${NAME}`, aSecret(NAME, CURRENT_NAME));
  azure.on(`GET ${theirs}/secrets/${KEY}`, aSecret(KEY, CURRENT_KEY));
  const elsewhere = input({ keyVaultName: undefined, existing: { keyVaultId: theirs } });
  expect(await secretsImplementation.inspect(elsewhere)).toMatchObject({
    action: 'unchanged',
    resourceId: `${theirs}/secrets/${KEY}`,
  });
});

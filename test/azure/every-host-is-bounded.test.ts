import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { armClients } from '../../src/azure/arm-clients.ts';
import { MAX_ANSWER_BYTES, MAX_CLUSTER_ANSWER_BYTES, MAX_SMALL_ANSWER_BYTES } from '../../src/azure/bounds.ts';
import { getFromCluster } from '../../src/azure/cluster-api.ts';
import { toAzureFailure } from '../../src/azure/failures/azure-failure.ts';
import { toStepError } from '../../src/azure/failures/to-step-error.ts';
import { pollOperation } from '../../src/azure/poll-operation.ts';
import { recoverSecret } from '../../src/azure/recover-secret.ts';
import { readRegistryCredentials } from '../../src/azure/registries/read-registry-credentials.ts';
import { registrySession } from '../../src/azure/registries/registry-session.ts';
import { findSourceImage } from '../../src/azure/registries/source-image.ts';
import { askResourceManager } from '../../src/azure/resource-manager-request.ts';
import { submit } from '../../src/azure/submit.ts';
import { KeysUnavailableError, signingKeys } from '../../src/callers/signing-keys.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const RG = '/subscriptions/s/resourceGroups/rg/providers';
const VAULT = 'https://kv.vault.azure.net';
const REGISTRY = 'https://reg.azurecr.io';
const CLUSTER = 'https://aks.hcp.westeurope.azmk8s.io';
const KEYS = 'https://login.microsoftonline.com/t/discovery/v2.0/keys';

const access = {
  server: CLUSTER,
  certificateAuthority: '',
  clientCertificate: undefined,
  clientKey: undefined,
  token: 't',
};
const credentials = {
  registry: 'docker.io',
  usernameSecretId: `${VAULT}/secrets/u`,
  passwordSecretId: `${VAULT}/secrets/p`,
};

/** Every way in which the service asks another host: the route, the bound, the question. */
const asks: readonly (readonly [route: string, most: number, ask: () => Promise<unknown>])[] = [
  [`GET ${RG}/Microsoft.KeyVault/vaults/kv`, MAX_ANSWER_BYTES, () => armClients('s').vaults.vaults.get('rg', 'kv')],
  [
    `PUT ${RG}/Microsoft.ContainerRegistry/registries/reg`,
    MAX_ANSWER_BYTES,
    () =>
      submit(() =>
        armClients('s').registries.registries.create('rg', 'reg', { location: 'x', sku: { name: 'Premium' } }),
      ),
  ],
  [
    `POST ${RG}/Microsoft.Storage/storageAccounts/st/listKeys`,
    MAX_ANSWER_BYTES,
    () => armClients('s').storage.storageAccounts.listKeys('rg', 'st'),
  ],
  [
    `POST ${RG}/Microsoft.ContainerService/managedClusters/aks/listClusterUserCredential`,
    MAX_ANSWER_BYTES,
    () => armClients('s').clusters.managedClusters.listClusterUserCredentials('rg', 'aks'),
  ],
  [
    `GET ${RG}/Microsoft.ManagedIdentity/userAssignedIdentities/id`,
    MAX_ANSWER_BYTES,
    () => armClients('s').identities.userAssignedIdentities.get('rg', 'id'),
  ],
  ['GET /x', MAX_ANSWER_BYTES, () => askResourceManager('GET', '/x?api-version=1', z.unknown())],
  ['GET /op', MAX_ANSWER_BYTES, () => pollOperation({ url: 'https://management.azure.com/op', kind: 'status' })],
  [`POST ${VAULT}/deletedsecrets/s/recover`, MAX_ANSWER_BYTES, () => recoverSecret(VAULT, 's')],
  [`GET ${VAULT}/secrets/u`, MAX_ANSWER_BYTES, () => readRegistryCredentials(credentials)],
  [`POST ${REGISTRY}/oauth2/exchange`, MAX_SMALL_ANSWER_BYTES, () => registrySession('reg.azurecr.io').find('a:1')],
  ['GET https://auth.docker.io/token', MAX_SMALL_ANSWER_BYTES, () => findSourceImage('docker.io/library/redis:7')],
  [`GET ${CLUSTER}/version`, MAX_CLUSTER_ANSWER_BYTES, () => getFromCluster(access, '/version', z.unknown())],
];

const failureOf = async (ask: () => Promise<unknown>) => {
  const error = await ask().then(
    () => new Error('It was taken for an answer.'),
    (thrown: unknown) => thrown,
  );
  return toStepError(toAzureFailure(error, {}));
};

describe.each(asks)('%s', (route, most, ask) => {
  const headers = { 'content-type': 'application/json', 'x-ms-request-id': 'the-id' };

  it('that answers too much is a permanent error with the id', async () => {
    azure.on(route, { body: `"${'x'.repeat(most)}"`, headers });
    expect(await failureOf(ask)).toMatchObject({ code: 'AnswerTooLarge', class: 'permanent', correlationId: 'the-id' });
    expect(azure.requests).toHaveLength(1);
  });

  it('that answers too deeply is one too', async () => {
    azure.on(route, { body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, headers });
    expect(await failureOf(ask)).toMatchObject({ code: 'AnswerTooDeep', class: 'permanent', correlationId: 'the-id' });
  });

  it('that breaks off is a transient one', async () => {
    azure.on(route, 'reset');
    expect(await failureOf(ask)).toMatchObject({ code: 'ECONNRESET', class: 'transient' });
    azure.on(route, { body: '{"a":', headers: { 'content-type': 'application/json' } });
    // What a recovery answers is of no use.
    if (!route.endsWith('/recover'))
      expect(await failureOf(ask)).toMatchObject({ code: 'PARSE_ERROR', class: 'transient' });
  });
});

it.each([`"${'x'.repeat(MAX_SMALL_ANSWER_BYTES)}"`, `{"keys":${'['.repeat(100)}${']'.repeat(100)}}`])(
  'signing keys beyond bounds are keys that are not there',
  async (body) => {
    azure.on(`GET ${KEYS}`, { body });
    const header = { alg: 'RS256', kid: randomUUID() };
    await expect(signingKeys(KEYS)(header, { payload: '', signature: '' })).rejects.toThrow(KeysUnavailableError);
  },
);

import { describe, expect, it } from 'vitest';
import { recordExchange } from '../../../src/azure/exchange.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { readRegistryCredentials } from '../../../src/azure/registries/read-registry-credentials.ts';
import { type Answer, azureError, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

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

  it('are not quoted when the answer is not whole', async () => {
    expect(await failureOf(read({ body: '{"value":"hunter2' }))).toEqual({
      code: 'PARSE_ERROR',
      message: `The vault's answer for ${VAULT}/secrets/user is not whole.`,
    });
  });

  it.each(['"secret"', { value: 1, secret: 1 }])('are not quoted when they cannot be parsed', async (body) => {
    expect(await failureOf(read({ body }))).toEqual({
      code: 'UnexpectedAnswer',
      message: `The vault answered no secret for ${VAULT}/secrets/user.`,
    });
  });
});

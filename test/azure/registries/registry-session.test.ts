import { describe, expect, it } from 'vitest';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { MANIFEST_TYPES } from '../../../src/azure/registries/manifests.ts';
import { registrySession } from '../../../src/azure/registries/registry-session.ts';
import { type Answer, type AzureRequest, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const DIGEST = `sha256:${'0'.repeat(64)}`;
const FOUND = { headers: { 'docker-content-digest': DIGEST } };

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('a registry of ours', () => {
  const HOST = 'https://ours.azurecr.io';
  const MANIFEST = `HEAD ${HOST}/v2/team/airflow/manifests/2.9.3`;

  const script = (manifest: Answer = FOUND): void => {
    azure.on(`POST ${HOST}/oauth2/exchange`, { body: { refresh_token: 'refresh' } });
    azure.on(`POST ${HOST}/oauth2/token`, { body: { access_token: 'access' } });
    azure.on(MANIFEST, manifest);
  };

  const formOf = ({ body }: AzureRequest) => Object.fromEntries(new URLSearchParams(String(body)));

  it('finds what a tag points to, in exchange for a token of the app', async () => {
    script();
    expect(await registrySession('ours.azurecr.io').find('team/airflow:2.9.3')).toEqual({ digest: DIGEST });
    const [exchange, token, manifest] = azure.requests;
    expect(exchange && formOf(exchange)).toEqual({
      grant_type: 'access_token',
      service: 'ours.azurecr.io',
      access_token: expect.stringMatching(/^e30\./),
    });
    expect(token && formOf(token)).toEqual({
      grant_type: 'refresh_token',
      service: 'ours.azurecr.io',
      scope: 'repository:team/airflow:pull',
      refresh_token: 'refresh',
    });
    for (const request of [exchange, token]) {
      expect(request?.headers).toMatchObject({
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      });
    }
    expect(manifest?.headers).toMatchObject({ accept: MANIFEST_TYPES, authorization: 'Bearer access' });
  });

  it('is asked for a refresh token once', async () => {
    script();
    azure.on(`HEAD ${HOST}/v2/x/manifests/1`, 404);
    const session = registrySession('ours.azurecr.io');
    await session.find('team/airflow:2.9.3');
    expect(await session.find('x:1')).toBeUndefined();
    expect(azure.routes.map((route) => route.split('/').at(-1))).toEqual(['exchange', 'token', '2.9.3', 'token', '1']);
  });

  it('may keep the digest to itself', async () => {
    script(200);
    expect(await registrySession('ours.azurecr.io').find('team/airflow:2.9.3')).toEqual({ digest: undefined });
  });

  it('is not understood when it answers anything else', async () => {
    script(401);
    expect(await failureOf(registrySession('ours.azurecr.io').find('team/airflow:2.9.3'))).toEqual({
      code: 'HttpStatus401',
      message: 'The registry ours.azurecr.io answered HTTP 401.',
      status: 401,
    });
    azure.on(`POST ${HOST}/oauth2/exchange`, 403);
    expect(await failureOf(registrySession('ours.azurecr.io').find('team/airflow:2.9.3'))).toMatchObject({
      status: 403,
    });
  });

  it.each([
    'evil.example/x.azurecr.io',
    'evil.example#.azurecr.io',
    'x.azurecr.io:444',
    'user@x.azurecr.io',
    'x.azurecr.io.evil.example',
    'x.azurecr.cn',
  ])('is none at %s', (loginServer) => {
    expect(() => registrySession(loginServer)).toThrow(
      `The registry's host ${loginServer} is not one of Azure's: it is not asked.`,
    );
  });

  it('may be written in capitals', () => {
    expect(() => registrySession('Ours.AzureCR.io')).not.toThrow();
  });
});

import { HttpRequest } from '@azure/functions';
import { expect, it } from 'vitest';
import { readAuthentication } from '../../src/callers/authentication.ts';
import { authLevelOf, guardOf } from '../../src/functions/http/guard.ts';

const TENANT = '66666666-7777-4888-9999-aaaaaaaaaaaa';
const CLIENT = 'ffffffff-0000-4111-8222-333333333333';
const good = { AUTH_MODE: 'entra', ENTRA_TENANT_ID: TENANT, ENTRA_AUDIENCE: CLIENT };

it('keys are the default, and an empty setting is one that is not set', () => {
  for (const environment of [{}, { AUTH_MODE: '' }, { AUTH_MODE: 'keys' }]) {
    expect(readAuthentication(environment)).toEqual({ mode: 'keys' });
  }
});

it('a client id is its application ID URI too, and the other way round', () => {
  const both = [CLIENT, `api://${CLIENT}`];
  expect(readAuthentication(good)).toMatchObject({ mode: 'entra', audiences: both });
  expect(readAuthentication({ ...good, ENTRA_AUDIENCE: `api://${CLIENT.toUpperCase()}` })).toMatchObject({
    audiences: both,
  });
  const named = `${CLIENT}, api://airflow.example.com`;
  expect(readAuthentication({ ...good, ENTRA_AUDIENCE: named })).toMatchObject({
    audiences: [...both, 'api://airflow.example.com'],
  });
});

const wrong: [string, NodeJS.ProcessEnv, string][] = [
  ['another mode', { AUTH_MODE: 'Entra' }, 'AUTH_MODE'],
  ['no tenant', { ...good, ENTRA_TENANT_ID: undefined }, 'ENTRA_TENANT_ID'],
  ['all tenants', { ...good, ENTRA_TENANT_ID: 'common' }, 'ENTRA_TENANT_ID'],
  ['no audience', { ...good, ENTRA_AUDIENCE: undefined }, 'ENTRA_AUDIENCE'],
  ['an empty audience', { ...good, ENTRA_AUDIENCE: '' }, 'ENTRA_AUDIENCE'],
  ['a part of an audience', { ...good, ENTRA_AUDIENCE: `${CLIENT},` }, 'ENTRA_AUDIENCE'],
  ['a word as audience', { ...good, ENTRA_AUDIENCE: 'airflow' }, 'ENTRA_AUDIENCE'],
];

it.each(wrong)('%s: nobody is let in, whatever is sent, and the setting is named', async (_, environment, setting) => {
  const authentication = readAuthentication(environment);
  expect(authentication).toMatchObject({ mode: 'misconfigured', reason: expect.stringContaining(setting) });
  const guard = guardOf(authentication);
  const request = new HttpRequest({
    method: 'GET',
    url: 'http://localhost/api/deployments',
    headers: { authorization: 'Bearer x', 'x-functions-key': 'y' },
  });
  for (const access of ['anonymous', ['Deployments.Read']] as const) {
    await expect(guard(request, access)).rejects.toMatchObject({ status: 500, slug: 'misconfigured' });
  }
  // Whether it lives can be seen.
  expect(await guard(request, 'always')).toBeUndefined();
});

it('the host asks for keys in the mode of keys alone', () => {
  const role = ['Deployments.Read'] as const;
  expect(authLevelOf({ mode: 'keys' }, role)).toBe('function');
  expect(authLevelOf({ mode: 'keys' }, 'anonymous')).toBe('anonymous');
  expect(authLevelOf(readAuthentication(good), role)).toBe('anonymous');
});

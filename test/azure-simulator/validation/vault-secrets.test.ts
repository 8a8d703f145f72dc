import { expect, test } from 'vitest';
import { VAULT_SECRETS_COVERAGE } from '../../../local/azure-simulator/providers/key-vault/coverage.ts';
import { until } from '../../support/until.ts';
import { type Fixture, fetchToken, startFixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, POLICY, url } from './requests.ts';

const VAULT = 'https://airflow-kv.vault.azure.net';
const VERSION = 'api-version=2025-07-01';
const at = (path: string, version = VERSION) => `${VAULT}${path}?${version}`;

const signedIn = async (azure: Fixture, audience = 'https://vault.azure.net') => ({
  headers: { authorization: `Bearer ${await fetchToken(azure.url, audience)}` },
});

/** As a caller whose only permission is one that helps nowhere. */
const powerless = async (azure: Fixture) => {
  const accessPolicies = [{ ...POLICY, permissions: { secrets: ['backup'] } }];
  await azure.send('PUT', url.vault(undefined, '/accessPolicies/replace'), { properties: { accessPolicies } });
  return signedIn(azure);
};

/** Every operation of the endpoint. */
const OPERATIONS: Pick<Refusal, 'method' | 'url' | 'body'>[] = [
  { method: 'PUT', url: at('/secrets/new'), body: { value: 'a' } },
  { method: 'GET', url: at('/secrets/known') },
  { method: 'GET', url: at('/secrets/known/1') },
  { method: 'DELETE', url: at('/secrets/known') },
  { method: 'GET', url: at('/secrets') },
  { method: 'GET', url: at('/deletedsecrets') },
  { method: 'GET', url: at('/deletedsecrets/known') },
  { method: 'DELETE', url: at('/deletedsecrets/known') },
  { method: 'POST', url: at('/deletedsecrets/known/recover') },
];

const put = { method: 'PUT', url: at('/secrets/new'), late: (azure: Fixture) => signedIn(azure) };
const bad = { status: 400, code: 'BadParameter' };
const absent = { late: (azure: Fixture) => signedIn(azure), status: 404, code: 'SecretNotFound' };

const REFUSALS: Refusal[] = [
  ...OPERATIONS.flatMap((operation): Refusal[] => [
    {
      wrong: `${operation.url}: no token`,
      ...operation,
      headers: { authorization: ' ' },
      status: 401,
      code: 'Unauthorized',
      says: 'AKV10000',
    },
    {
      wrong: `${operation.url}: no permission`,
      ...operation,
      late: powerless,
      status: 403,
      code: 'Forbidden',
      says: 'does not have secrets',
    },
    {
      wrong: `${operation.url}: an unknown api-version`,
      ...operation,
      url: operation.url.replace(VERSION, 'api-version=1.0'),
      late: (azure) => signedIn(azure),
      ...bad,
    },
  ]),
  { wrong: 'no api-version', ...put, url: `${VAULT}/secrets/new`, body: { value: 'a' }, ...bad },
  {
    wrong: 'a token of Resource Manager',
    ...put,
    body: { value: 'a' },
    late: (azure) => signedIn(azure, 'https://management.azure.com'),
    status: 401,
    code: 'Unauthorized',
    says: 'AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com',
  },
  {
    wrong: 'a garbled token',
    ...put,
    body: { value: 'a' },
    late: async () => ({ headers: { authorization: 'Bearer a.b.c' } }),
    status: 401,
    code: 'Unauthorized',
  },
  { wrong: 'no body', ...put, ...bad },
  { wrong: 'a body that is not JSON', ...put, body: '{', ...bad },
  { wrong: 'a list', ...put, body: [], ...bad },
  { wrong: 'no value', ...put, body: {}, ...bad, says: 'Property value has invalid value' },
  { wrong: 'a value of the wrong type', ...put, body: { value: 5 }, ...bad },
  { wrong: 'tags of the wrong type', ...put, body: { value: 'a', tags: { a: 1 } }, ...bad },
  { wrong: 'an attribute of the wrong type', ...put, body: { value: 'a', attributes: { enabled: 'yes' } }, ...bad },
  { wrong: 'a value over 25 KB', ...put, body: { value: 'x'.repeat(25_601) }, ...bad },
  {
    wrong: 'a name with an underscore',
    ...put,
    url: at('/secrets/a_b'),
    body: { value: 'a' },
    ...bad,
    says: 'The request URI contains an invalid name: a_b',
  },
  {
    wrong: 'a path that the vault does not have',
    ...put,
    url: at('/keys/new'),
    body: {},
    status: 404,
    code: 'NotFound',
  },
  { wrong: 'a deleted secret', ...put, url: at('/secrets/gone'), body: { value: 'a' }, status: 409, code: 'Conflict' },
  { wrong: 'a secret that is not there', method: 'GET', url: at('/secrets/none'), ...absent },
  { wrong: 'a version that is not there', method: 'GET', url: at('/secrets/known/1'), ...absent },
  { wrong: 'a secret that is not there', method: 'DELETE', url: at('/secrets/none'), ...absent },
  { wrong: 'a secret that is not deleted', method: 'GET', url: at('/deletedsecrets/known'), ...absent },
  { wrong: 'a secret that is not deleted', method: 'DELETE', url: at('/deletedsecrets/known'), ...absent },
  { wrong: 'a secret that is not deleted', method: 'POST', url: at('/deletedsecrets/known/recover'), ...absent },
];

testRefusals(
  VAULT_SECRETS_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.vault(), good.vault);
    await azure.clock.sleep(60_000);
    const { headers } = await signedIn(azure);
    for (const name of ['known', 'gone'])
      await azure.send('PUT', at(`/secrets/${name}`), { value: 'a value' }, headers);
    await azure.send('DELETE', at('/secrets/gone'), undefined, headers);
  },
  REFUSALS,
);

test('a vault that goes while a request is on its way is not found', async () => {
  const azure = await startFixture();
  try {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.vault(), good.vault);
    await azure.clock.sleep(60_000);
    const { headers } = await signedIn(azure);
    await azure.control('POST', 'faults', { method: 'PUT', path: '/secrets/new', action: { delaySeconds: 600 } });
    const releases = [azure.clock.hold(), azure.clock.hold()];
    const written = azure.send('PUT', put.url, { value: 'a' }, headers);
    await until('the request has arrived', async () => {
      const { body } = await azure.control('GET', 'faults');
      return JSON.stringify(body).includes('"matched":1') || undefined;
    });
    expect(await azure.send('DELETE', url.vault())).toMatchObject({ status: 200 });
    for (const release of releases) release();
    expect(await written).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
  } finally {
    await azure.close();
  }
});

import { expect, test } from 'vitest';
import { REGISTRY_IMAGES_COVERAGE } from '../../../local/azure-simulator/providers/container-registry/coverage.ts';
import { type Fixture, fetchToken, startFixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, url } from './requests.ts';

const SERVICE = 'airflowregistry.azurecr.io';
const REGISTRY = `https://${SERVICE}`;
const at = (reference: string) => `${REGISTRY}/v2/statsd-exporter/manifests/${reference}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const formOf = (form: Record<string, string>) => new URLSearchParams(form).toString();

const exchange = { method: 'POST', url: `${REGISTRY}/oauth2/exchange`, headers: FORM };
const token = { method: 'POST', url: `${REGISTRY}/oauth2/token`, headers: FORM };
const forExchange = { grant_type: 'access_token', service: SERVICE, access_token: 'a.b.c' };
const forToken = { grant_type: 'refresh_token', service: SERVICE, refresh_token: 'a.b.c' };

const ask = async (azure: Fixture, operation: typeof token, form: Record<string, string>) => {
  const { status, text } = await azure.send('POST', operation.url, formOf(form), FORM);
  expect(status, text).toBe(200);
  const tokens: { refresh_token?: string; access_token?: string } = JSON.parse(text);
  return tokens;
};

/** The two steps of the log-in. */
const accessToken = async (azure: Fixture, scope = 'repository:statsd-exporter:pull') => {
  const entra = await fetchToken(azure.url, 'https://management.azure.com');
  const { refresh_token = '' } = await ask(azure, exchange, { ...forExchange, access_token: entra });
  const { access_token = '' } = await ask(azure, token, { ...forToken, scope, refresh_token });
  return { headers: { authorization: `Bearer ${access_token}` } };
};

const bad = { status: 400, code: 'BAD_REQUEST' };
const stranger = { status: 401, code: 'UNAUTHORIZED' };
const authorizationNeeded = { ...stranger, says: 'authentication required, visit https://aka.ms/acr/authorization' };
const unknownPath = { status: 404, code: 'NOT_FOUND' };

const REFUSALS: Refusal[] = [
  ...[
    { operation: exchange, form: forExchange },
    { operation: token, form: forToken },
  ].flatMap(({ operation, form }): Refusal[] => [
    { wrong: 'no body', ...operation, ...bad },
    { wrong: 'JSON', ...operation, headers: {}, body: form, ...bad },
    { wrong: 'a form that is not called one', ...operation, headers: {}, body: formOf(form), ...bad },
    { wrong: 'another grant', ...operation, body: formOf({ ...form, grant_type: 'password' }), ...bad },
    { wrong: 'another service', ...operation, body: formOf({ ...form, service: 'other.azurecr.io' }), ...bad },
    { wrong: 'a garbled token', ...operation, body: formOf(form), ...authorizationNeeded },
    { wrong: 'another method', ...operation, method: 'GET', headers: {}, ...unknownPath },
  ]),
  ...['HEAD', 'GET'].flatMap((method): Refusal[] => {
    const manifest = { method, url: at('v0.26.1') };
    return [
      { wrong: 'no token', ...manifest, headers: { authorization: ' ' }, ...stranger },
      { wrong: 'a token of Resource Manager', ...manifest, ...stranger },
      {
        wrong: 'a token for another repository',
        ...manifest,
        late: (azure) => accessToken(azure, 'repository:other:pull'),
        ...stranger,
      },
      {
        wrong: 'a caller who may not pull',
        ...manifest,
        given: (azure) => azure.control('POST', 'caller', { roles: ['Key Vault Contributor'] }),
        late: (azure) => accessToken(azure),
        ...stranger,
      },
      {
        wrong: 'an image that was not imported',
        ...manifest,
        url: at('v0.0.0'),
        late: (azure) => accessToken(azure),
        status: 404,
        code: 'MANIFEST_UNKNOWN',
      },
      { wrong: 'a broken escape', ...manifest, url: at('%zz'), ...unknownPath },
      { wrong: 'another path', ...manifest, url: `${REGISTRY}/v2/_catalog`, ...unknownPath },
    ];
  }),
  { wrong: 'a push', method: 'PUT', url: at('v1'), body: {}, status: 405, code: 'UNSUPPORTED' },
];

const prepare = async (azure: Fixture) => {
  await azure.send('PUT', url.group(), good.group);
  await azure.send('PUT', url.registry(), good.registry);
  await azure.clock.sleep(60_000);
  await azure.send('POST', url.registry(undefined, '/importImage'), good.image);
  await azure.clock.sleep(3_600_000);
};

testRefusals(REGISTRY_IMAGES_COVERAGE, prepare, REFUSALS);

test('what the table asks for wrongly is there when it is asked for rightly', async () => {
  const azure = await startFixture();
  try {
    await prepare(azure);
    const { headers } = await accessToken(azure);
    expect(await azure.send('HEAD', at('v0.26.1'), undefined, headers)).toMatchObject({ status: 200, text: '' });
  } finally {
    await azure.close();
  }
});

import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  SIMULATED_API_CLIENT_ID,
  SIMULATED_CALLER_CLIENT_ID,
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_TENANT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { type Fixture, sendRaw, startFixture } from './fixture.ts';
import { logIn, logInForm } from './log-in.ts';

const AUTHORITY = { host: 'login.microsoftonline.com' };
const ARM = 'https://management.core.windows.net/';

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
});
afterEach(() => azure.close());

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

const tokenSchema = z.object({ access_token: z.string(), token_type: z.literal('Bearer') });

const subscriptionsWith = (token: string) =>
  azure.send('GET', '/subscriptions?api-version=2022-12-01', undefined, { authorization: `Bearer ${token}` });

describe('the token endpoint of a managed identity', () => {
  const ask = (query: Record<string, string>, headers: Record<string, string>) =>
    sendRaw(azure.url, 'GET', `/msi/token?${new URLSearchParams(query)}`, { host: '127.0.0.1', ...headers });

  it.each([
    ['2019-08-01', 'X-IDENTITY-HEADER'],
    ['2017-09-01', 'secret'],
  ])('speaks version %s, with the secret in %s', async (version, header) => {
    const query = { resource: ARM, 'api-version': version };
    const answer = await ask(query, { [header]: SIMULATED_IDENTITY_HEADER });
    expect(answer).toMatchObject({
      status: 200,
      body: { resource: ARM, client_id: SIMULATED_CALLER_CLIENT_ID, expires_on: expect.stringMatching(/^\d{10}$/) },
    });
    const { access_token } = tokenSchema.parse(answer.body);
    expect(claimsOf(access_token)).toMatchObject({
      aud: ARM,
      oid: SIMULATED_CALLER_OBJECT_ID,
      tid: SIMULATED_TENANT_ID,
      appid: SIMULATED_CALLER_CLIENT_ID,
      xms_mirid: expect.stringContaining('/providers/Microsoft.ManagedIdentity/'),
    });
    expect((await subscriptionsWith(access_token)).status).toBe(200);
  });

  it.each<[string, string, Record<string, string>]>([
    ['without a secret', '2019-08-01', {}],
    ['with a wrong secret', '2019-08-01', { 'X-IDENTITY-HEADER': 'guess' }],
    ["with the older version's header", '2019-08-01', { secret: SIMULATED_IDENTITY_HEADER }],
    ['with a wrong older secret', '2017-09-01', { secret: 'guess' }],
    ["with the newer version's header", '2017-09-01', { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER }],
  ])('refuses a request %s', async (_, version, headers) => {
    const answer = await ask({ resource: ARM, 'api-version': version }, headers);
    expect(answer).toMatchObject({ status: 401, body: { statusCode: 401, message: expect.any(String) } });
    expect(answer.text).not.toContain(SIMULATED_IDENTITY_HEADER);
  });

  it('knows no identity but its own', async () => {
    const query = { resource: ARM, 'api-version': '2019-08-01', client_id: SIMULATED_OPERATOR_CLIENT_ID };
    const answer = await ask(query, { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER });
    expect(answer.status).toBe(400);
  });
});

describe('the log-in of a service principal', () => {
  const logInWith = (changes: Record<string, string>, tenant = SIMULATED_TENANT_ID) =>
    logIn(azure.url, { ...logInForm(ARM), ...changes }, tenant);

  it('gives a token for what the scope names', async () => {
    const answer = await logInWith({});
    expect(answer).toMatchObject({ status: 200, body: { expires_in: 86_400 } });
    const { access_token } = tokenSchema.parse(answer.body);
    expect(claimsOf(access_token)).toMatchObject({
      aud: ARM,
      oid: SIMULATED_OPERATOR_OBJECT_ID,
      appid: SIMULATED_OPERATOR_CLIENT_ID,
      tid: SIMULATED_TENANT_ID,
    });
    expect((await subscriptionsWith(access_token)).status).toBe(200);
  });

  it('gives no token that opens another service', async () => {
    const answer = await logInWith({ scope: 'https://vault.azure.net/.default' });
    const { access_token } = tokenSchema.parse(answer.body);
    expect(await subscriptionsWith(access_token)).toMatchObject({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationTokenAudience' } },
    });
  });

  it('is found where its discovery says', async () => {
    const path = `/${SIMULATED_TENANT_ID}/v2.0/.well-known/openid-configuration`;
    const { body } = await sendRaw(azure.url, 'GET', path, AUTHORITY);
    expect(body).toMatchObject({
      token_endpoint: `https://login.microsoftonline.com/${SIMULATED_TENANT_ID}/oauth2/v2.0/token`,
    });
  });

  it('is found without a tenant too, as who logs out asks', async () => {
    const { body } = await sendRaw(azure.url, 'GET', '/organizations/v2.0/.well-known/openid-configuration', AUTHORITY);
    expect(body).toMatchObject({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' });
    const instances = await sendRaw(azure.url, 'GET', '/common/discovery/instance?api-version=1.1', AUTHORITY);
    expect(instances.body).toMatchObject({
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
        },
      ],
    });
  });

  it.each<[string, Record<string, string>, number, string, number]>([
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client', 7000215],
    ['an unknown application', { client_id: SIMULATED_CALLER_CLIENT_ID }, 400, 'unauthorized_client', 700016],
    ['a person', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['a scope without /.default', { scope: ARM }, 400, 'invalid_scope', 1002012],
    ['an unknown service', { scope: 'https://example.com/.default' }, 400, 'invalid_resource', 500011],
  ])('refuses %s', async (_, changes, status, error, code) => {
    expect(await logInWith(changes)).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(azure.simulator.requests().at(-1)).toMatchObject({ status, code: error });
  });

  it('refuses an unknown tenant', async () => {
    expect(await logInWith({}, 'example.com')).toMatchObject({ status: 400, body: { error_codes: [90002] } });
  });
});

describe('a token for an API of one’s own', () => {
  const tokenFor = async (asked: object): Promise<string> =>
    tokenSchema.parse((await azure.control('POST', 'tokens', asked)).body).access_token;

  it.each([
    ['1.0', `https://sts.windows.net/${SIMULATED_TENANT_ID}/`, `api://${SIMULATED_API_CLIENT_ID}`, 'appid'],
    ['2.0', `https://login.microsoftonline.com/${SIMULATED_TENANT_ID}/v2.0`, SIMULATED_API_CLIENT_ID, 'azp'],
  ])('version %s is signed with a published key and carries app roles', async (version, issuer, audience, client) => {
    const token = await tokenFor({ version, roles: ['Deployments.Read'], name: 'a' });
    const { body } = await sendRaw(azure.url, 'GET', `/${SIMULATED_TENANT_ID}/discovery/v2.0/keys`, AUTHORITY);
    const keys = createLocalJWKSet(z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).parse(body));
    const { payload } = await jwtVerify(token, keys, { algorithms: ['RS256'], issuer, audience });
    expect(payload).toMatchObject({ ver: version, roles: ['Deployments.Read'], [client]: expect.any(String) });
  });

  it('is the same principal for the same name, and opens nothing of Azure', async () => {
    const [one, same, other] = [
      await tokenFor({ name: 'a' }),
      await tokenFor({ name: 'a' }),
      await tokenFor({ name: 'b' }),
    ];
    expect(claimsOf(one)).toMatchObject({ oid: z.object({ oid: z.guid() }).parse(claimsOf(same)).oid });
    expect(claimsOf(other)).not.toMatchObject({ oid: z.object({ oid: z.guid() }).parse(claimsOf(one)).oid });
    expect((await subscriptionsWith(one)).status).toBe(401);
  });

  it('what cannot be a token is refused by its field', async () => {
    expect(await azure.control('POST', 'tokens', { version: '3.0' })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('version') } },
    });
  });
});

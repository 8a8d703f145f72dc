import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { currentCloud } from '../../src/azure/settings/cloud.ts';
import { issuersOf } from '../../src/callers/authentication.ts';
import { verifyToken } from '../../src/callers/verify-token.ts';

const TENANT = '66666666-7777-4888-9999-aaaaaaaaaaaa';
const OID = '00000000-1111-4222-8333-444444444444';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const entra = {
  tenantId: TENANT,
  audiences: ['my-api'],
  issuers: issuersOf(currentCloud({ AZURE_CLOUD: 'AzureCloud' }), TENANT),
};

const check = async (changes: Record<string, unknown>, accepted = entra) => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'my-api',
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    iat: now,
    nbf: now,
    exp: now + 60,
    azp: 'client',
    oid: OID,
    tid: TENANT,
    ...changes,
  };
  const token = await new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .sign(privateKey);
  return verifyToken(token, accepted, async () => publicKey);
};

describe('who calls', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['a person, version 2', { scp: 'x', preferred_username: 'ada@x', name: 'Ada' }, { name: 'ada@x', kind: 'user' }],
    ['a person, version 1', { scp: 'x', unique_name: 'ada@x' }, { name: 'ada@x', kind: 'user' }],
    ['a person without a name', { scp: 'x' }, { name: OID, kind: 'user' }],
    ['an application, version 2', {}, { name: 'client', kind: 'application' }],
    ['an application, version 1', { azp: undefined, appid: 'one' }, { name: 'one', kind: 'application' }],
    ['an application that says so', { idtyp: 'app', scp: 'x' }, { kind: 'application' }],
    ['a name that moves a terminal', { scp: 'x', preferred_username: '\u001b[2J' }, { name: OID }],
    ['roles of others', { roles: ['Deployments.Read', 'Other.Role'] }, { roles: ['Deployments.Read'] }],
    ['no roles', {}, { roles: [] }],
  ])('%s', async (_, claims, caller) => {
    expect(await check(claims)).toMatchObject({ id: OID, ...caller });
  });
});

describe('what is refused', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an ID token, which names no client', { azp: undefined }],
    ['no object id', { oid: undefined }],
    ['no tenant id', { tid: undefined }],
    ['the right issuer with another tenant id', { tid: '99999999-0000-4000-8000-000000000000' }],
    ['the issuer of all tenants', { iss: 'https://login.microsoftonline.com/common/v2.0' }],
    ['the issuer of version 1 without its slash', { iss: `https://sts.windows.net/${TENANT}` }],
    ['no expiry', { exp: undefined }],
    ['no beginning', { nbf: undefined }],
    ['no audience', { aud: undefined }],
    ['roles that are no list', { roles: 'Deployments.Read' }],
  ])('%s', async (_, changes) => {
    await expect(check(changes)).rejects.toMatchObject({ name: 'TokenRefusedError' });
  });

  it('a minute is forgiven to clocks, two are not', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await check({ exp: now - 30 })).toMatchObject({ id: OID });
    await expect(check({ exp: now - 120 })).rejects.toThrow('expired');
  });
});

it.each([
  ['AzureCloud', `https://sts.windows.net/${TENANT}/`],
  ['AzureUSGovernment', `https://sts.windows.net/${TENANT}/`],
  ['AzureUSGovernment', `https://login.microsoftonline.us/${TENANT}/v2.0`],
  ['AzureChinaCloud', `https://sts.chinacloudapi.cn/${TENANT}/`],
  ['AzureChinaCloud', `https://login.chinacloudapi.cn/${TENANT}/v2.0`],
  ['AzureChinaCloud', `https://login.partner.microsoftonline.cn/${TENANT}/v2.0`],
])('%s: the issuers of both versions', async (name, iss) => {
  const issuers = issuersOf(currentCloud({ AZURE_CLOUD: name }), TENANT);
  expect(await check({ iss }, { ...entra, issuers })).toMatchObject({ id: OID });
  await expect(check({ iss: `https://sts.windows.example/${TENANT}/` }, { ...entra, issuers })).rejects.toThrow(
    'issuer',
  );
});

import { BLOB_COVERAGE } from '../../../local/azure-simulator/providers/storage/coverage.ts';
import { type Fixture, fetchToken } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, url } from './requests.ts';

const BLOBS = 'https://airflowstorage.blob.core.windows.net';
const at = (container: string, more = '') => `${BLOBS}/${container}?restype=container${more}`;
const VERSION = { 'x-ms-version': '2026-04-06' };

const signedIn = async (azure: Fixture, audience = 'https://storage.azure.com') => ({
  headers: { authorization: `Bearer ${await fetchToken(azure.url, audience)}` },
});
/** As a caller without any role. */
const powerless = async (azure: Fixture) => {
  await azure.control('POST', 'caller', { roles: [] });
  return signedIn(azure);
};
const signature = (account: string, minutesAgo = 0) => ({
  ...VERSION,
  authorization: `SharedKey ${account}:AAAA`,
  'x-ms-date': new Date(Date.now() - minutesAgo * 60_000).toUTCString(),
});

const put = { method: 'PUT', url: at('new'), headers: VERSION, late: (azure: Fixture) => signedIn(azure) };
const closed = { status: 409, code: 'PublicAccessNotPermitted' };
const badSignature = { status: 403, code: 'AuthenticationFailed' };
const badHeader = { status: 400, code: 'InvalidHeaderValue' };
const unsupported = { status: 405, code: 'UnsupportedHttpVerb' };
const badToken = { status: 401, code: 'InvalidAuthenticationInfo' };

const REFUSALS: Refusal[] = [
  ...['PUT', 'GET', 'HEAD', 'DELETE'].flatMap((method): Refusal[] => {
    const known = { ...put, method, url: at(method === 'PUT' ? 'new' : 'logs') };
    return [
      {
        wrong: 'a version before the signature’s form',
        ...known,
        headers: { 'x-ms-version': '2014-02-14' },
        ...badHeader,
      },
      {
        wrong: 'a name with two hyphens in a row',
        ...known,
        url: at('a--b'),
        status: 400,
        code: 'InvalidResourceName',
      },
      {
        wrong: 'neither signature nor token',
        ...known,
        late: async () => ({ headers: { authorization: ' ' } }),
        status: 401,
        code: 'NoAuthenticationInformation',
      },
      {
        wrong: 'a token of Resource Manager',
        ...known,
        late: (azure) => signedIn(azure, 'https://management.azure.com'),
        ...badToken,
      },
      {
        wrong: 'a wrong signature',
        ...known,
        late: async () => ({ headers: signature('airflowstorage') }),
        ...badSignature,
      },
      {
        wrong: 'a signature in an account that takes none',
        ...known,
        given: (azure) => azure.send('PATCH', url.account(), { properties: { allowSharedKeyAccess: false } }),
        late: async () => ({ headers: signature('airflowstorage') }),
        status: 403,
        code: 'KeyBasedAuthenticationNotPermitted',
      },
      { wrong: 'no role', ...known, late: powerless, status: 403, code: 'AuthorizationPermissionMismatch' },
    ];
  }),
  { wrong: 'no version', ...put, headers: {}, ...badHeader },
  { wrong: 'an unknown access', ...put, headers: { ...VERSION, 'x-ms-blob-public-access': 'all' }, ...badHeader },
  { wrong: 'a name with capital letters', ...put, url: at('Logs'), status: 400, code: 'InvalidResourceName' },
  { wrong: 'a garbled token', ...put, late: async () => ({ headers: { authorization: 'Bearer a.b.c' } }), ...badToken },
  {
    wrong: 'an expired token',
    ...put,
    given: (azure) => azure.control('POST', 'settings', { tokenLifetimeSeconds: -1 }),
    ...badToken,
  },
  {
    wrong: 'another account’s signature',
    ...put,
    late: async () => ({ headers: signature('other') }),
    ...badSignature,
  },
  {
    wrong: 'an old signature',
    ...put,
    late: async () => ({ headers: signature('airflowstorage', 20) }),
    ...badSignature,
  },
  {
    wrong: 'access that the account does not allow',
    ...put,
    headers: { ...VERSION, 'x-ms-blob-public-access': 'container' },
    ...closed,
  },
  { wrong: 'a container that is there', ...put, url: at('logs'), status: 409, code: 'ContainerAlreadyExists' },
  {
    wrong: 'a name that was deleted just now',
    ...put,
    url: at('logs'),
    given: (azure) => azure.send('DELETE', url.container()),
    status: 409,
    code: 'ContainerBeingDeleted',
  },
  ...['GET', 'HEAD', 'DELETE'].map((method) => ({
    wrong: 'a container that is not there',
    ...put,
    method,
    status: 404,
    code: 'ContainerNotFound',
  })),
  { wrong: 'a list', ...put, method: 'GET', url: `${BLOBS}/?comp=list`, ...unsupported },
  { wrong: 'a blob', ...put, url: `${BLOBS}/logs/a/blob`, ...unsupported },
];

testRefusals(
  BLOB_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.account(), good.account);
    await azure.clock.sleep(3_600_000);
    await azure.send('PUT', url.container(), good.container);
  },
  REFUSALS,
);

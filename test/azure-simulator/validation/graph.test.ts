import { GRAPH_COVERAGE } from '../../../local/azure-simulator/graph/coverage.ts';
import { type Fixture, fetchToken } from '../fixture.ts';
import { operatorToken } from '../log-in.ts';
import { type Refusal, testRefusals } from './refusals.ts';

const GRAPH = 'https://graph.microsoft.com';
const at = (path: string) => `${GRAPH}/v1.0/${path}`;
const UNKNOWN = 'aaaaaaaa-0000-4000-8000-000000000000';

const asOperator = async ({ url }: Fixture) => ({
  headers: { authorization: `Bearer ${await operatorToken(url, GRAPH)}` },
});
const asCaller = async ({ url }: Fixture) => ({
  headers: { authorization: `Bearer ${await fetchToken(url, GRAPH)}` },
});

type Operation = Pick<Refusal, 'method' | 'url' | 'body'>;

const me: Operation = { method: 'GET', url: at('me') };
const getByIds = { method: 'POST', url: at('directoryObjects/getByIds'), late: asOperator };

/** The operations that need a permission. */
const READS: Operation[] = [
  { method: 'GET', url: at('servicePrincipals') },
  { method: 'GET', url: at(`servicePrincipals/${UNKNOWN}`) },
  { method: 'GET', url: at('users') },
  { method: 'GET', url: at('groups') },
  { method: 'POST', url: getByIds.url, body: { ids: [UNKNOWN] } },
];

const badToken = { status: 401, code: 'InvalidAuthenticationToken' };
const badIds = { status: 400, code: 'Request_BadRequest' };
const unreadable = { status: 400, code: 'BadRequest', says: 'Unable to read JSON request payload.' };

const REFUSALS: Refusal[] = [
  ...[me, ...READS].map((operation) => ({
    wrong: `${operation.url}: a token of Resource Manager`,
    ...operation,
    ...badToken,
    says: 'Access token validation failure. Invalid audience.',
  })),
  { wrong: 'no token', ...me, headers: { authorization: ' ' }, ...badToken, says: 'Access token is empty.' },
  { wrong: 'a garbled token', ...me, headers: { authorization: 'Bearer a.b.c' }, ...badToken, says: '80049217' },
  {
    wrong: 'an expired token',
    ...me,
    given: (azure) => azure.control('POST', 'settings', { tokenLifetimeSeconds: -1 }),
    late: asOperator,
    ...badToken,
    says: 'Lifetime validation failed, the token is expired.',
  },
  ...READS.map((operation) => ({
    wrong: `${operation.url}: nobody gave the permission`,
    ...operation,
    late: asCaller,
    status: 403,
    code: 'Authorization_RequestDenied',
    says: 'Insufficient privileges to complete the operation.',
  })),
  {
    wrong: 'an application',
    ...me,
    late: asOperator,
    status: 400,
    code: 'BadRequest',
    says: '/me request is only valid with delegated authentication flow.',
  },
  {
    wrong: 'a filter that is not understood',
    method: 'GET',
    url: `${at('servicePrincipals')}?${new URLSearchParams({ $filter: "endswith(displayName,'or')" })}`,
    late: asOperator,
    status: 400,
    code: 'Request_UnsupportedQuery',
  },
  {
    wrong: 'a service principal that is not there',
    method: 'GET',
    url: at(`servicePrincipals/${UNKNOWN}`),
    late: asOperator,
    status: 404,
    code: 'Request_ResourceNotFound',
    says: `Resource '${UNKNOWN}' does not exist`,
  },
  { wrong: 'no body', ...getByIds, ...badIds },
  { wrong: 'no ids', ...getByIds, body: {}, ...badIds },
  { wrong: 'ids that are none', ...getByIds, body: { ids: ['x'] }, ...badIds },
  { wrong: 'an id alone', ...getByIds, body: { ids: UNKNOWN }, ...badIds },
  { wrong: 'more than 1000 ids', ...getByIds, body: { ids: Array(1001).fill(UNKNOWN) }, ...badIds },
  { wrong: 'types that are none', ...getByIds, body: { ids: [], types: [5] }, ...badIds },
  { wrong: 'a body that is not JSON', ...getByIds, body: '{', ...unreadable },
  {
    wrong: 'another media type',
    ...getByIds,
    headers: { 'content-type': 'text/plain' },
    body: { ids: [] },
    ...unreadable,
  },
  {
    wrong: 'a body over 4 MB',
    ...getByIds,
    body: { ids: ['x'.repeat(4 * 1024 * 1024)] },
    status: 413,
    code: 'RequestEntityTooLarge',
  },
  { wrong: 'a token of Resource Manager', method: 'GET', url: at('applications'), ...badToken },
  { wrong: 'another path', method: 'GET', url: at('applications'), late: asOperator, status: 400, code: 'BadRequest' },
  {
    wrong: 'another version',
    method: 'GET',
    url: `${GRAPH}/v2.0/users`,
    late: asOperator,
    status: 400,
    code: 'BadRequest',
    says: 'Invalid version: v2.0',
  },
  { wrong: 'another method', ...me, method: 'POST', late: asOperator, status: 400, code: 'BadRequest' },
];

testRefusals(GRAPH_COVERAGE, async () => {}, REFUSALS);

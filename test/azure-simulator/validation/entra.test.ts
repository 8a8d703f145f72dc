import { SIMULATED_CALLER_CLIENT_ID, SIMULATED_TENANT_ID } from '../../../local/azure-simulator/azure-simulator.ts';
import { ENTRA_COVERAGE } from '../../../local/azure-simulator/entra/coverage.ts';
import { logInForm } from '../log-in.ts';
import { type Refusal, testRefusals } from './refusals.ts';

const AUTHORITY = 'https://login.microsoftonline.com';
const GOOD = logInForm('https://management.azure.com');

const token = {
  method: 'POST',
  url: `${AUTHORITY}/${SIMULATED_TENANT_ID}/oauth2/v2.0/token`,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};
const form = (changes: Record<string, string> = {}): string => new URLSearchParams({ ...GOOD, ...changes }).toString();
const without = (name: string): string =>
  new URLSearchParams(Object.entries(GOOD).filter(([key]) => key !== name)).toString();

const noTenant = { status: 400, code: 'invalid_tenant', says: "AADSTS90002: Tenant 'example.com' not found." };
const missing = (name: string) => ({
  status: 400,
  code: 'invalid_request',
  says: `AADSTS900144: The request body must contain the following parameter: '${name}'.`,
});

const REFUSALS: Refusal[] = [
  {
    wrong: 'another tenant',
    method: 'GET',
    url: `${AUTHORITY}/example.com/v2.0/.well-known/openid-configuration`,
    ...noTenant,
  },
  {
    wrong: 'another tenant',
    ...token,
    url: token.url.replace(SIMULATED_TENANT_ID, 'example.com'),
    body: form(),
    ...noTenant,
  },
  { wrong: 'no body', ...token, ...missing('grant_type') },
  ...['grant_type', 'client_id', 'scope'].map((name) => ({
    wrong: `no ${name}`,
    ...token,
    body: without(name),
    ...missing(name),
  })),
  {
    wrong: 'a form as JSON',
    ...token,
    headers: { 'content-type': 'application/json' },
    body: GOOD,
    ...missing('grant_type'),
  },
  {
    wrong: 'a form that says that it is JSON',
    ...token,
    headers: { 'content-type': 'application/json' },
    body: form(),
    ...missing('grant_type'),
  },
  {
    wrong: 'a person',
    ...token,
    body: form({ grant_type: 'password' }),
    status: 400,
    code: 'unsupported_grant_type',
    says: 'AADSTS70003',
  },
  {
    wrong: 'an unknown application',
    ...token,
    body: form({ client_id: SIMULATED_CALLER_CLIENT_ID }),
    status: 400,
    code: 'unauthorized_client',
    says: 'AADSTS700016',
  },
  {
    wrong: 'no secret',
    ...token,
    body: without('client_secret'),
    status: 401,
    code: 'invalid_client',
    says: 'AADSTS7000216',
  },
  {
    wrong: 'a wrong secret',
    ...token,
    body: form({ client_secret: 'guess' }),
    status: 401,
    code: 'invalid_client',
    says: 'AADSTS7000215',
  },
  {
    wrong: 'a scope without /.default',
    ...token,
    body: form({ scope: 'https://management.azure.com' }),
    status: 400,
    code: 'invalid_scope',
    says: 'AADSTS1002012',
  },
  {
    wrong: 'an unknown service',
    ...token,
    body: form({ scope: 'https://example.com/.default' }),
    status: 400,
    code: 'invalid_resource',
    says: 'AADSTS500011',
  },
  {
    wrong: 'another tenant',
    method: 'GET',
    url: `${AUTHORITY}/example.com/discovery/v2.0/keys`,
    ...noTenant,
  },
  {
    wrong: 'another tenant at another path',
    method: 'GET',
    url: `${AUTHORITY}/example.com/discovery/v2.0/other`,
    ...noTenant,
  },
  {
    wrong: 'another path',
    method: 'GET',
    url: `${AUTHORITY}/${SIMULATED_TENANT_ID}/discovery/v2.0/other`,
    status: 404,
    code: 'not_found',
  },
  { wrong: 'another method', ...token, method: 'GET', status: 404, code: 'not_found' },
];

testRefusals(ENTRA_COVERAGE, async () => {}, REFUSALS);

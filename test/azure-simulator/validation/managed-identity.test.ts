import { MANAGED_IDENTITY_COVERAGE } from '../../../local/azure-simulator/providers/managed-identity/coverage.ts';
import type { Fixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, url } from './requests.ts';
import { underWay } from './under-way.ts';

const { properties } = good.credential;
const invalid = { status: 400, code: 'InvalidRequestContent' };
const credential = { method: 'PUT', url: url.credential('new') };
const bad = { status: 400, code: 'BadRequest' };
const missing = { ...bad, says: "Federated Identity Credential must specify 'issuer', 'subject' and 'audience'." };

const without = (name: keyof typeof properties) => ({ properties: { ...properties, [name]: undefined } });

const writing = {
  given: (azure: Fixture) => underWay(azure, 1, 'PUT', url.credential('other'), good.credential),
};

const REFUSALS: Refusal[] = [
  { wrong: 'no body', method: 'PUT', url: url.identity('new'), ...invalid },
  {
    wrong: 'tags of the wrong type',
    method: 'PUT',
    url: url.identity('new'),
    body: { ...good.identity, tags: 1 },
    ...invalid,
  },
  { wrong: 'tags of the wrong type', method: 'PATCH', url: url.identity(), body: { tags: 1 }, ...invalid },
  { wrong: 'no body', method: 'PATCH', url: url.identity(), ...invalid },
  {
    wrong: 'an identity that is not there',
    method: 'PATCH',
    url: url.identity('none'),
    body: {},
    status: 404,
    code: 'ResourceNotFound',
  },
  ...['ab', '-abc', 'a.bc', 'x'.repeat(129)].map((name) => ({
    wrong: `the name ${name.slice(0, 8)}`,
    method: 'PUT',
    url: url.identity(name),
    body: good.identity,
    status: 400,
    code: 'InvalidResourceName',
  })),
  { wrong: 'no body', ...credential, ...invalid },
  { wrong: 'no properties', ...credential, body: {}, ...missing },
  { wrong: 'no issuer', ...credential, body: without('issuer'), ...missing },
  { wrong: 'no subject', ...credential, body: without('subject'), ...missing },
  { wrong: 'no audiences', ...credential, body: without('audiences'), ...missing },
  { wrong: 'an empty subject', ...credential, body: { properties: { ...properties, subject: '' } }, ...missing },
  {
    wrong: 'an issuer without https',
    ...credential,
    body: { properties: { ...properties, issuer: 'http://a.example' } },
    ...bad,
  },
  { wrong: 'an issuer of the wrong type', ...credential, body: { properties: { ...properties, issuer: 5 } }, ...bad },
  {
    wrong: 'an audience of the wrong type',
    ...credential,
    body: { properties: { ...properties, audiences: 'a' } },
    ...bad,
  },
  {
    wrong: 'a subject over 600 characters',
    ...credential,
    body: { properties: { ...properties, subject: 'x'.repeat(601) } },
    ...bad,
  },
  ...['ab', '-abc', 'x'.repeat(121)].map((name) => ({
    wrong: `the name ${name.slice(0, 8)}`,
    method: 'PUT',
    url: url.credential(name),
    body: good.credential,
    status: 400,
    code: 'InvalidFederatedIdentityCredentialName',
  })),
  {
    wrong: 'a 21st credential',
    ...credential,
    body: good.credential,
    given: async (azure) => {
      for (let n = 0; n < 20; n++) {
        await azure.send('PUT', url.credential(`number${n}`), { properties: { ...properties, subject: `${n}` } });
      }
    },
    status: 400,
    code: 'FederatedIdentityCredentialsLimitExceeded',
  },
  {
    wrong: 'the issuer and subject of another',
    ...credential,
    body: good.credential,
    given: (azure) => azure.send('PUT', url.credential('other'), good.credential),
    status: 409,
    code: 'IssuerAndSubjectCombinationAlreadyExists',
  },
  {
    wrong: 'a write at the same time',
    ...credential,
    body: good.credential,
    ...writing,
    status: 409,
    code: 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
  },
  {
    wrong: 'a write at the same time',
    method: 'DELETE',
    url: url.credential('new'),
    ...writing,
    status: 409,
    code: 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
  },
  {
    wrong: 'an identity that is not there',
    method: 'PUT',
    url: url.credential('new', 'none'),
    body: good.credential,
    status: 404,
    code: 'ParentResourceNotFound',
  },
  {
    wrong: 'a credential that is not there',
    method: 'GET',
    url: url.credential('none'),
    status: 404,
    code: 'ResourceNotFound',
  },
];

testRefusals(
  MANAGED_IDENTITY_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.identity(), good.identity);
  },
  REFUSALS,
);

import { RESOURCE_MANAGER_COVERAGE } from '../../../local/azure-simulator/arm/coverage.ts';
import { clusterParameters, type Fixture, fetchToken } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { G, good, S, url, VERSIONS } from './requests.ts';
import { underWay } from './under-way.ts';

const put = { method: 'PUT', url: url.identity('new'), body: good.identity };
const group = { method: 'PUT', url: url.group('new') };
const invalid = { status: 400, code: 'InvalidRequestContent' };

const with50Tags = (more: Record<string, string>) => ({
  ...good.identity,
  tags: { ...Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag${n}`, ''])), ...more },
});

const token = async (azure: Fixture, audience: string) => ({
  headers: { authorization: `Bearer ${await fetchToken(azure.url, audience)}` },
});

const REFUSALS: Refusal[] = [
  { wrong: 'no token', ...put, headers: { authorization: ' ' }, status: 401, code: 'AuthenticationFailed' },
  {
    wrong: 'a garbled token',
    ...put,
    headers: { authorization: 'Bearer a.b.c' },
    status: 401,
    code: 'InvalidAuthenticationToken',
  },
  {
    wrong: 'an expired token',
    ...put,
    given: (azure) => azure.control('POST', 'settings', { tokenLifetimeSeconds: -1 }),
    status: 401,
    code: 'ExpiredAuthenticationToken',
  },
  {
    wrong: 'a token for a vault',
    ...put,
    late: (azure) => token(azure, 'https://vault.azure.net'),
    status: 401,
    code: 'InvalidAuthenticationTokenAudience',
  },
  {
    wrong: 'a caller who may only read',
    ...put,
    given: (azure) => azure.control('POST', 'caller', { roles: ['Reader'] }),
    status: 403,
    code: 'AuthorizationFailed',
    says: "'Microsoft.ManagedIdentity/userAssignedIdentities/write'",
  },
  {
    wrong: 'a subnet that the caller may not join',
    method: 'PUT',
    url: url.cluster('new'),
    body: {
      ...good.cluster,
      properties: {
        ...good.cluster.properties,
        agentPoolProfiles: [{ ...clusterParameters.agentPoolProfiles[0], vnetSubnetID: url.subnet() }],
      },
    },
    given: async (azure) => {
      await azure.send('PUT', url.network(), good.network);
      await azure.control('POST', 'caller', { roles: ['Azure Kubernetes Service Contributor Role'] });
    },
    status: 403,
    code: 'LinkedAuthorizationFailed',
    says: "'Microsoft.Network/virtualNetworks/subnets/join/action'",
  },
  {
    wrong: 'a subscription that is no GUID',
    method: 'GET',
    url: `/subscriptions/mine?${VERSIONS.resources}`,
    status: 400,
    code: 'InvalidSubscriptionId',
  },
  {
    wrong: 'an unknown subscription',
    method: 'GET',
    url: `/subscriptions/00000000-0000-4000-8000-000000000009?${VERSIONS.resources}`,
    status: 404,
    code: 'SubscriptionNotFound',
  },
  {
    wrong: 'too many reads',
    method: 'GET',
    url: url.group(),
    given: (azure) => underWay(azure, 300, 'GET', url.group()),
    status: 429,
    code: 'SubscriptionRequestsThrottled',
  },
  {
    wrong: 'no api-version',
    ...put,
    url: put.url.replace(/\?.*/, ''),
    status: 400,
    code: 'MissingApiVersionParameter',
  },
  {
    wrong: 'an api-version that is no date',
    ...put,
    url: put.url.replace(/=.*/, '=latest'),
    status: 400,
    code: 'InvalidApiVersionParameter',
  },
  {
    wrong: 'an unknown api-version of a provider',
    ...put,
    url: put.url.replace(/=.*/, '=2001-01-01'),
    status: 400,
    code: 'NoRegisteredProviderFound',
    says: /for type 'userAssignedIdentities'.*supported api-versions are/,
  },
  {
    wrong: 'an unknown api-version of Resource Manager',
    ...group,
    url: group.url.replace(/=.*/, '=2001-01-01'),
    body: good.group,
    status: 400,
    code: 'InvalidApiVersionParameter',
  },
  {
    wrong: 'an unknown provider',
    method: 'GET',
    url: `${G}/providers/Microsoft.Nothing/things/x?${VERSIONS.resources}`,
    status: 404,
    code: 'InvalidResourceNamespace',
  },
  {
    wrong: 'an unknown type',
    method: 'GET',
    url: `${G}/providers/Microsoft.Storage/things/x?${VERSIONS.storage}`,
    status: 404,
    code: 'InvalidResourceType',
  },
  {
    wrong: 'a path to nowhere',
    method: 'GET',
    url: `${S}/nowhere?${VERSIONS.resources}`,
    status: 404,
    code: 'NotFound',
  },
  { wrong: 'a method that does not exist', method: 'POST', url: url.group(), status: 405, code: 'MethodNotAllowed' },
  { wrong: 'a broken escape', method: 'GET', url: url.group('%zz'), status: 400, code: 'BadRequest' },
  {
    wrong: 'a provisioning state that is not the resource’s',
    method: 'PUT',
    url: url.identity(),
    body: { ...good.identity, properties: { provisioningState: 'Updating' } },
    given: (azure) => azure.send('PUT', url.identity(), good.identity),
    status: 400,
    code: 'BadRequest',
    target: 'properties.provisioningState',
  },
  { wrong: 'a body over 4 MB', ...put, body: 'x'.repeat(5_000_000), status: 413, code: 'RequestEntityTooLarge' },
  {
    wrong: 'a body that is plain text',
    ...put,
    headers: { 'content-type': 'text/plain' },
    status: 415,
    code: 'UnsupportedMediaType',
    says: "'text/plain' is not supported",
  },
  {
    wrong: 'a body without a content type',
    ...put,
    headers: { 'content-type': '' },
    status: 415,
    code: 'UnsupportedMediaType',
  },
  { wrong: 'no body', ...put, body: undefined, ...invalid },
  { wrong: 'a body that is not JSON', ...put, body: '{"location":', ...invalid },
  { wrong: 'a list', ...put, body: [], ...invalid },
  { wrong: 'a text', ...put, body: '"canadacentral"', ...invalid },
  { wrong: 'null', ...put, body: 'null', ...invalid },
  {
    wrong: 'a member that no resource has',
    ...put,
    body: { ...good.identity, propertees: {} },
    ...invalid,
    says: "Could not find member 'propertees' on object of type 'ResourceDefinition'",
  },
  { wrong: 'a location of the wrong type', ...put, body: { location: 5 }, ...invalid, says: "Path 'location'" },
  { wrong: 'tags of the wrong type', ...put, body: { ...good.identity, tags: ['a'] }, ...invalid, says: "Path 'tags'" },
  {
    wrong: 'a tag of the wrong type',
    ...put,
    body: { ...good.identity, tags: { a: {} } },
    ...invalid,
    says: "Path 'tags.a'",
  },
  { wrong: '51 tags', ...put, body: with50Tags({ more: '' }), status: 400, code: 'TagsLimitExceeded' },
  {
    wrong: 'a tag name with a slash',
    ...put,
    body: { ...good.identity, tags: { 'a/b': '' } },
    status: 400,
    code: 'InvalidTagNameCharacters',
  },
  {
    wrong: 'a long tag name',
    ...put,
    body: { ...good.identity, tags: { ['x'.repeat(513)]: '' } },
    status: 400,
    code: 'TagLengthExceeded',
  },
  {
    wrong: 'a long tag value',
    ...put,
    body: { ...good.identity, tags: { a: 'x'.repeat(257) } },
    status: 400,
    code: 'TagLengthExceeded',
  },
  {
    wrong: 'a group’s name with a sign',
    ...group,
    url: url.group('a%3Ab'),
    body: good.group,
    status: 400,
    code: 'InvalidResourceGroup',
    says: "has these invalid characters: ':'. The name can only be",
  },
  {
    wrong: 'a group’s name that ends with a period',
    method: 'GET',
    url: url.group('a.'),
    status: 400,
    code: 'InvalidResourceGroup',
  },
  {
    wrong: 'a group’s name of 91 characters',
    method: 'DELETE',
    url: url.group('x'.repeat(91)),
    status: 400,
    code: 'InvalidResourceGroup',
  },
  {
    wrong: 'a resource that a policy denies',
    ...put,
    given: (azure) =>
      azure.control('POST', 'settings', {
        policies: [{ name: 'places', field: 'location', notIn: ['westeurope'] }],
      }),
    status: 403,
    code: 'RequestDisallowedByPolicy',
    says: "Resource 'new' was disallowed by policy.",
    target: 'new',
  },
  {
    wrong: 'a group that is not there',
    ...put,
    url: put.url.replace(/resourceGroups\/[^/]+/, 'resourceGroups/none'),
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  {
    wrong: 'a write into a group that is being deleted',
    ...put,
    given: (azure) => azure.send('DELETE', url.group()),
    status: 409,
    code: 'ResourceGroupBeingDeleted',
  },
  {
    wrong: 'a provider that is not registered',
    ...put,
    given: (azure) => azure.control('POST', 'settings', { unregisteredProviders: ['Microsoft.ManagedIdentity'] }),
    status: 409,
    code: 'MissingSubscriptionRegistration',
  },
  { wrong: 'no location', ...put, body: {}, status: 400, code: 'LocationRequired' },
  { wrong: 'null for a location', ...put, body: { location: null }, status: 400, code: 'LocationRequired' },
  {
    wrong: 'a location that there is not',
    ...put,
    body: { location: 'atlantis' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
    says: "The provided location 'atlantis' is not available for resource type",
  },
  {
    wrong: 'the name of a property of all objects as location',
    ...put,
    body: { location: 'constructor' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  },
  {
    wrong: 'another location than the resource has',
    method: 'PUT',
    url: url.identity(),
    body: { location: 'eastus' },
    given: (azure) => azure.send('PUT', url.identity(), good.identity),
    status: 409,
    code: 'InvalidResourceLocation',
  },
  {
    wrong: 'a resource that is not there',
    method: 'GET',
    url: url.identity('none'),
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    wrong: 'a child of a parent that is not there',
    method: 'PUT',
    url: url.credential('one', 'none'),
    body: good.credential,
    status: 404,
    code: 'ParentResourceNotFound',
  },
];

testRefusals(RESOURCE_MANAGER_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);

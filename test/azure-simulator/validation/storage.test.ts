import { type JsonObject, merged } from '../../../local/azure-simulator/base/json.ts';
import { STORAGE_COVERAGE } from '../../../local/azure-simulator/providers/storage/coverage.ts';
import type { Fixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, S, url, VERSIONS } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const put = { method: 'PUT', url: url.account('newstorage') };
const again = { method: 'PUT', url: url.account() };
const patch = { method: 'PATCH', url: url.account() };
const regenerate = { method: 'POST', url: url.account(undefined, '/regenerateKey') };
const PROVIDER = `${S}/providers/Microsoft.Storage`;
const checkName = { method: 'POST', url: `${PROVIDER}/checkNameAvailability?${VERSIONS.storage}` };
const container = { method: 'PUT', url: url.container('new') };

const withProperties = (changes: JsonObject): JsonObject => merged(good.account, { properties: changes });
const without = (name: 'sku' | 'kind') => ({ ...good.account, [name]: undefined });
const missing = (name: string) => ({
  status: 400,
  code: 'MissingRequiredAccountProperty',
  says: `Account property ${name} is required for the request.`,
});
const invalidValues = (names: string) => ({
  status: 400,
  code: 'InvalidValuesForRequestParameters',
  says: `Values for request parameters are invalid: ${names}.`,
});
const notAllowed = (value: string, property: string) => ({
  status: 400,
  code: 'InvalidRequestPropertyValue',
  says: `The value '${value}' is not allowed for property ${property}.`,
});
const conversion = {
  status: 409,
  code: 'StorageAccountTypeConversionNotAllowed',
  says: 'Storage account type Standard_ZRS cannot be changed to Standard_LRS.',
};
const hns = {
  status: 400,
  code: 'AccountPropertyCannotBeUpdated',
  says: "The property 'isHnsEnabled' was specified in the input",
};
const badContainer = {
  status: 400,
  code: 'InvalidResourceName',
  says: 'The specifed resource name contains invalid characters.',
};
const closed = {
  status: 409,
  code: 'PublicAccessNotPermitted',
  says: 'Public access is not permitted on this storage account.',
};
const noContainer = { status: 404, code: 'ContainerNotFound' };
const taken = (azure: Fixture) =>
  azure.control('POST', 'settings', { takenNames: { vaults: [], registries: [], storageAccounts: ['newstorage'] } });

const REFUSALS: Refusal[] = [
  { wrong: 'no body', ...put, ...invalid },
  {
    wrong: 'no location',
    ...put,
    body: { ...good.account, location: undefined },
    status: 400,
    code: 'LocationRequired',
  },
  {
    wrong: 'a location that there is not',
    ...put,
    body: { ...good.account, location: 'mars' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  },
  { wrong: 'no SKU', ...put, body: without('sku'), ...missing('sku') },
  { wrong: 'no kind', ...put, body: without('kind'), ...missing('kind') },
  {
    wrong: 'an unknown SKU',
    ...put,
    body: merged(good.account, { sku: { name: 'Gold_LRS' } }),
    ...invalidValues('sku'),
  },
  { wrong: 'an unknown kind', ...put, body: { ...good.account, kind: 'StorageV3' }, ...invalidValues('kind') },
  {
    wrong: 'a kind and a SKU that do not go together',
    ...put,
    body: merged(good.account, { sku: { name: 'Premium_ZRS' } }),
    ...invalidValues('kind, sku'),
  },
  {
    wrong: 'a BlobStorage account without access tier',
    ...put,
    body: { ...good.account, kind: 'BlobStorage', sku: { name: 'Standard_LRS' } },
    ...missing('accessTier'),
  },
  {
    wrong: 'an access tier in an account of the oldest kind',
    ...put,
    body: merged(good.account, { kind: 'Storage', properties: { accessTier: 'Hot' } }),
    ...notAllowed('Hot', 'accessTier'),
  },
  {
    wrong: 'an unknown access tier',
    ...put,
    body: withProperties({ accessTier: 'Warm' }),
    ...notAllowed('Warm', 'accessTier'),
  },
  {
    wrong: 'TLS 1.3',
    ...put,
    body: withProperties({ minimumTlsVersion: 'TLS1_3' }),
    ...notAllowed('TLS1_3', 'minimumTlsVersion'),
  },
  {
    wrong: 'an unknown network rule',
    ...put,
    body: withProperties({ networkAcls: { defaultAction: 'Perhaps' } }),
    ...notAllowed('Perhaps', 'defaultAction'),
  },
  {
    wrong: 'an unknown key source',
    ...put,
    body: withProperties({ encryption: { keySource: 'Mine' } }),
    ...notAllowed('Mine', 'keySource'),
  },
  { wrong: 'a flag of the wrong type', ...put, body: withProperties({ allowSharedKeyAccess: 1 }), ...invalid },
  { wrong: 'properties of the wrong type', ...put, body: { ...good.account, properties: [] }, ...invalid },
  { wrong: 'tags of the wrong type', ...put, body: { ...good.account, tags: [] }, ...invalid },
  {
    wrong: 'zones where there are none',
    ...put,
    body: { ...good.account, location: 'westus' },
    status: 400,
    code: 'SkuNotAvailable',
  },
  ...['ab', 'new-storage', 'NewStorage', 'x'.repeat(25)].map((name) => ({
    wrong: `the name ${name.slice(0, 11)}`,
    method: 'PUT',
    url: url.account(name),
    body: good.account,
    status: 400,
    code: 'AccountNameInvalid',
    says: 'Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.',
  })),
  {
    wrong: 'a name that somebody else has',
    ...put,
    body: good.account,
    given: taken,
    status: 409,
    code: 'StorageAccountAlreadyTaken',
    says: 'The storage account named newstorage is already taken.',
  },
  {
    wrong: 'a name in another group',
    method: 'PUT',
    url: url.account().replace(/resourceGroups\/[^/]+/, 'resourceGroups/other'),
    body: good.account,
    given: (azure) => azure.send('PUT', url.group('other'), good.group),
    status: 409,
    code: 'StorageAccountAlreadyExists',
  },
  {
    wrong: 'a creation under way',
    ...put,
    body: good.account,
    given: (azure) => azure.send('PUT', put.url, good.account),
    status: 409,
    code: 'StorageAccountOperationInProgress',
  },
  {
    wrong: 'another location',
    ...again,
    body: { ...good.account, location: 'eastus' },
    status: 409,
    code: 'InvalidResourceLocation',
  },
  { wrong: 'another kind', ...again, body: { ...good.account, kind: 'Storage' }, ...invalidValues('kind') },
  {
    wrong: 'no zones any more',
    ...again,
    body: merged(good.account, { sku: { name: 'Standard_LRS' } }),
    ...conversion,
  },
  { wrong: 'a hierarchical namespace, later', ...again, body: withProperties({ isHnsEnabled: true }), ...hns },

  { wrong: 'no body', ...patch, ...invalid },
  {
    wrong: 'an unknown access tier',
    ...patch,
    body: { properties: { accessTier: 'Warm' } },
    ...notAllowed('Warm', 'accessTier'),
  },
  { wrong: 'an unknown SKU', ...patch, body: { sku: { name: 'Gold_LRS' } }, ...invalidValues('sku') },
  { wrong: 'another kind', ...patch, body: { kind: 'BlobStorage' }, ...invalidValues('kind') },
  { wrong: 'no zones any more', ...patch, body: { sku: { name: 'Standard_LRS' } }, ...conversion },
  { wrong: 'a hierarchical namespace, later', ...patch, body: { properties: { isHnsEnabled: true } }, ...hns },
  {
    wrong: 'an account that is not there',
    ...patch,
    url: url.account('nostorage'),
    body: {},
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    wrong: 'an account that is not there',
    method: 'GET',
    url: url.account('nostorage'),
    status: 404,
    code: 'ResourceNotFound',
  },

  {
    wrong: 'an account that is not there',
    method: 'POST',
    url: url.account('nostorage', '/listKeys'),
    status: 404,
    code: 'ResourceNotFound',
  },
  { wrong: 'no body', ...regenerate, ...invalid },
  { wrong: 'no key', ...regenerate, body: {}, ...invalidValues('keyName') },
  { wrong: 'an unknown key', ...regenerate, body: { keyName: 'key3' }, ...invalidValues('keyName') },

  { wrong: 'no body', ...checkName, ...invalid },
  { wrong: 'no name', ...checkName, body: { type: 'Microsoft.Storage/storageAccounts' }, ...invalidValues('name') },
  { wrong: 'another type', ...checkName, body: { name: 'abc', type: 'storage' }, ...invalidValues('type') },

  { wrong: 'a name with an underscore', ...container, url: url.container('a_b'), body: {}, ...badContainer },
  { wrong: 'a name with capital letters', ...container, url: url.container('Logs'), body: {}, ...badContainer },
  { wrong: 'a name of two characters', ...container, url: url.container('ab'), body: {}, ...badContainer },
  { wrong: 'a name with two hyphens in a row', ...container, url: url.container('a--b'), body: {}, ...badContainer },
  { wrong: 'an unknown access', ...container, body: { properties: { publicAccess: 'Everybody' } }, ...invalid },
  { wrong: 'metadata of the wrong type', ...container, body: { properties: { metadata: { a: 1 } } }, ...invalid },
  { wrong: 'properties of the wrong type', ...container, body: { properties: 'a' }, ...invalid },
  {
    wrong: 'access that the account does not allow',
    ...container,
    body: { properties: { publicAccess: 'Blob' } },
    ...closed,
  },
  {
    wrong: 'an account that is not there',
    ...container,
    url: url.account('nostorage', '/blobServices/default/containers/new'),
    body: {},
    status: 404,
    code: 'ParentResourceNotFound',
  },
  {
    wrong: 'a name that was deleted just now',
    ...container,
    body: {},
    given: async (azure) => {
      await azure.send('PUT', container.url, {});
      await azure.send('DELETE', container.url);
    },
    status: 409,
    code: 'ContainerOperationFailure',
  },
  { wrong: 'a name with an underscore', method: 'PATCH', url: url.container('a_b'), body: {}, ...badContainer },
  {
    wrong: 'access that the account does not allow',
    method: 'PATCH',
    url: container.url,
    body: { properties: { publicAccess: 'Container' } },
    given: (azure) => azure.send('PUT', container.url, {}),
    ...closed,
  },
  { wrong: 'a container that is not there', method: 'PATCH', url: container.url, body: {}, ...noContainer },
  { wrong: 'a container that is not there', method: 'GET', url: container.url, ...noContainer },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${PROVIDER}/locations/canadacentral/asyncoperations/none?${VERSIONS.storage}`,
    status: 404,
    code: 'NotFound',
  },
];

testRefusals(
  STORAGE_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.account(), good.account);
    await azure.clock.sleep(3_600_000);
  },
  REFUSALS,
);

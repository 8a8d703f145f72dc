import { type JsonObject, merged } from '../../../local/azure-simulator/base/json.ts';
import { CONTAINER_REGISTRY_COVERAGE } from '../../../local/azure-simulator/providers/container-registry/coverage.ts';
import { type Fixture, LOCATION } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, S, url, VERSIONS } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const put = { method: 'PUT', url: url.registry('newregistry') };
const patch = { method: 'PATCH', url: url.registry() };
const importImage = { method: 'POST', url: url.registry(undefined, '/importImage') };
const listCredentials = { method: 'POST', url: url.registry(undefined, '/listCredentials') };
const PROVIDER = `${S}/providers/Microsoft.ContainerRegistry`;
const checkName = { method: 'POST', url: `${PROVIDER}/checkNameAvailability?${VERSIONS.registry}` };

const withProperties = (changes: JsonObject): JsonObject => merged(good.registry, { properties: changes });
const basic = (changes: JsonObject): JsonObject => merged(withProperties(changes), { sku: { name: 'Basic' } });
const classic = { status: 400, code: 'ClassicSkuDeprecated', says: 'Classic SKU is now deprecated.' };
const unsupported = (name: string) => ({
  status: 400,
  code: 'SkuNotSupported',
  says: `The SKU ${name} is not supported.`,
});
const noPrivate = {
  status: 400,
  code: 'DisablingPublicNetworkAccessNotSupported',
  says: 'Disabling public network access is not supported for the SKU Basic.',
};
const quarantine = { policies: { quarantinePolicy: { status: 'enabled' } } };
const creating = { given: (azure: Fixture) => azure.send('PUT', url.registry('slowregistry'), good.registry) };
const image = (changes: Record<string, unknown>) => ({ ...good.image, ...changes });

/** The end of an import that cannot work. */
const failedImport = async (azure: Fixture) => {
  const source = { registryUri: 'docker.io', sourceImage: 'bitnami/postgresql:16.1.0-debian-11-r15' };
  const started = await azure.send('POST', importImage.url, { source, targetTags: ['postgresql:16'] });
  await azure.clock.sleep(3_600_000);
  return { url: String(started.headers.location) };
};

const REFUSALS: Refusal[] = [
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no location', ...put, body: { sku: { name: 'Basic' } }, status: 400, code: 'LocationRequired' },
  {
    wrong: 'a location that there is not',
    ...put,
    body: { ...good.registry, location: 'mars' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  },
  { wrong: 'no SKU', ...put, body: { location: LOCATION }, ...classic },
  { wrong: 'a SKU without name', ...put, body: { location: LOCATION, sku: {} }, ...classic },
  { wrong: 'an unknown SKU', ...put, body: merged(good.registry, { sku: { name: 'Gold' } }), ...unsupported('Gold') },
  { wrong: 'a SKU of the wrong type', ...put, body: { location: LOCATION, sku: 'Premium' }, ...invalid },
  { wrong: 'a flag of the wrong type', ...put, body: withProperties({ adminUserEnabled: 'yes' }), ...invalid },
  { wrong: 'properties of the wrong type', ...put, body: { ...good.registry, properties: [] }, ...invalid },
  {
    wrong: 'an unknown network access',
    ...put,
    body: withProperties({ publicNetworkAccess: 'Sometimes' }),
    ...invalid,
  },
  { wrong: 'an unknown bypass', ...put, body: withProperties({ networkRuleBypassOptions: 'All' }), ...invalid },
  {
    wrong: 'an unknown role assignment mode',
    ...put,
    body: withProperties({ roleAssignmentMode: 'None' }),
    ...invalid,
  },
  { wrong: 'tags of the wrong type', ...put, body: { ...good.registry, tags: { a: 1 } }, ...invalid },
  { wrong: 'a private Basic registry', ...put, body: basic({ publicNetworkAccess: 'Disabled' }), ...noPrivate },
  { wrong: 'quarantine in a Basic registry', ...put, body: basic(quarantine), ...unsupported('Basic') },
  ...['abcd', 'a-registry', 'x'.repeat(51)].map((name) => ({
    wrong: `the name ${name.slice(0, 10)}`,
    method: 'PUT',
    url: url.registry(name),
    body: good.registry,
    status: 400,
    code: 'InvalidResourceName',
  })),
  {
    wrong: 'a name that is taken',
    ...put,
    body: good.registry,
    given: (azure) =>
      azure.control('POST', 'settings', {
        takenNames: { vaults: [], registries: ['NewRegistry'], storageAccounts: [] },
      }),
    status: 409,
    code: 'AlreadyInUse',
    says: 'The registry DNS name newregistry.azurecr.io is already in use.',
  },
  {
    wrong: 'another location',
    ...put,
    url: url.registry(),
    body: { ...good.registry, location: 'eastus' },
    status: 409,
    code: 'InvalidResourceLocation',
  },
  {
    wrong: 'a change under way',
    ...put,
    url: url.registry('slowregistry'),
    body: good.registry,
    ...creating,
    status: 409,
    code: 'Conflict',
  },

  { wrong: 'no body', ...patch, ...invalid },
  { wrong: 'an unknown SKU', ...patch, body: { sku: { name: 'Gold' } }, ...unsupported('Gold') },
  { wrong: 'a flag of the wrong type', ...patch, body: { properties: { anonymousPullEnabled: 1 } }, ...invalid },
  {
    wrong: 'a private Basic registry',
    ...patch,
    body: { sku: { name: 'Basic' }, properties: { publicNetworkAccess: 'Disabled' } },
    ...noPrivate,
  },
  {
    wrong: 'quarantine in a Basic registry',
    ...patch,
    body: { sku: { name: 'Basic' }, properties: quarantine },
    ...unsupported('Basic'),
  },
  {
    wrong: 'a change under way',
    ...patch,
    url: url.registry('slowregistry'),
    body: {},
    ...creating,
    status: 409,
    code: 'Conflict',
  },
  {
    wrong: 'a registry that is not there',
    ...patch,
    url: url.registry('noregistry'),
    body: {},
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    wrong: 'a registry that is not there',
    method: 'GET',
    url: url.registry('noregistry'),
    status: 404,
    code: 'ResourceNotFound',
  },

  {
    wrong: 'no admin user',
    ...listCredentials,
    url: url.registry('closedregistry', '/listCredentials'),
    status: 400,
    code: 'UnAuthorizedForCredentialOperations',
    says: 'as admin user is disabled.',
  },
  {
    wrong: 'a registry that is not there',
    ...listCredentials,
    url: url.registry('noregistry', '/listCredentials'),
    status: 404,
    code: 'ResourceNotFound',
  },

  { wrong: 'no body', ...importImage, ...invalid },
  { wrong: 'no source', ...importImage, body: { targetTags: ['a:b'] }, ...invalid },
  { wrong: 'no source image', ...importImage, body: image({ source: { registryUri: 'quay.io' } }), ...invalid },
  { wrong: 'target tags of the wrong type', ...importImage, body: image({ targetTags: 'a:b' }), ...invalid },
  { wrong: 'an unknown mode', ...importImage, body: image({ mode: 'Gently' }), ...invalid },
  {
    wrong: 'no source registry',
    ...importImage,
    body: image({ source: { sourceImage: 'a:b' } }),
    status: 400,
    code: 'MissingProperty',
  },
  {
    wrong: 'no target tags',
    ...importImage,
    body: image({ targetTags: undefined }),
    status: 400,
    code: 'MissingProperty',
    says: 'Missing property parameters.TargetTags for the operation against the resource with name airflowregistry.',
  },
  {
    wrong: 'a source that is no resource id',
    ...importImage,
    body: image({ source: { resourceId: 'docker.io/library/hello-world', sourceImage: 'a:b' } }),
    status: 400,
    code: 'LinkedInvalidPropertyId',
    says: "Property id 'docker.io/library/hello-world' at path",
  },
  {
    wrong: 'a target tag with capital letters',
    ...importImage,
    body: image({ targetTags: ['Airflow:1'] }),
    status: 400,
    code: 'InvalidParameters',
  },
  {
    wrong: 'a tag that exists',
    ...importImage,
    body: good.image,
    given: async (azure) => {
      await azure.send('POST', importImage.url, good.image);
      await azure.clock.sleep(3_600_000);
    },
    status: 409,
    code: 'Conflict',
    says: 'Tag statsd-exporter:v0.26.1 already exists in target registry.',
  },
  {
    wrong: 'an import of an image that is gone',
    method: 'GET',
    url: `${PROVIDER}/locations/${LOCATION}/operationResults/registries-1?${VERSIONS.registry}`,
    late: failedImport,
    status: 400,
    code: 'InvalidParameters',
    says: 'bitnami/postgresql',
  },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${PROVIDER}/locations/${LOCATION}/operationResults/registries-1?${VERSIONS.registry}`,
    status: 404,
    code: 'NotFound',
  },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: url.registry(undefined, '/operationStatuses/registries-1'),
    status: 404,
    code: 'NotFound',
  },

  { wrong: 'no body', ...checkName, ...invalid },
  { wrong: 'no name', ...checkName, body: { type: 'Microsoft.ContainerRegistry/registries' }, ...invalid },
  { wrong: 'another type', ...checkName, body: { name: 'abcde', type: 'registry' }, ...invalid },
];

testRefusals(
  CONTAINER_REGISTRY_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.registry(), good.registry);
    await azure.send('PUT', url.registry('closedregistry'), withProperties({ adminUserEnabled: false }));
    await azure.clock.sleep(3_600_000);
  },
  REFUSALS,
);

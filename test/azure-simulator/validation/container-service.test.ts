import { expect, test } from 'vitest';
import { type JsonObject, merged } from '../../../local/azure-simulator/base/json.ts';
import { CONTAINER_SERVICE_COVERAGE } from '../../../local/azure-simulator/providers/container-service/coverage.ts';
import { clusterParameters, type Fixture, GROUP, LOCATION, startFixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, S, url, VERSIONS } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const put = { method: 'PUT', url: url.cluster('new') };
const again = { method: 'PUT', url: url.cluster() };
const patch = { method: 'PATCH', url: url.cluster() };
const newPool = { method: 'PUT', url: url.pool('new') };
const LOCATIONS = `${S}/providers/Microsoft.ContainerService/locations/${LOCATION}`;

const withProperties = (changes: JsonObject): JsonObject => merged(good.cluster, { properties: changes });
const without = (name: keyof typeof good.cluster.properties) => ({
  ...good.cluster,
  properties: { ...good.cluster.properties, [name]: undefined },
});
const [firstPool] = clusterParameters.agentPoolProfiles;
const withPool = (changes: Record<string, unknown>) => ({
  ...good.cluster,
  properties: { ...good.cluster.properties, agentPoolProfiles: [{ ...firstPool, ...changes }] },
});
const pool = (changes: Record<string, unknown>) => ({ properties: { ...good.pool.properties, ...changes } });

const unmarshal = (says: string) => ({ status: 400, code: 'UnmarshalError', says });
const cannot = (kind: string, field: string, type: string) =>
  unmarshal(`cannot unmarshal ${kind} into Go struct field Properties.${field} of type ${type}.`);
const missing = (target: string) => ({
  status: 400,
  code: 'InvalidParameter',
  target,
  says: `Required parameter ${target} is missing (null).`,
});
const wrong = (target: string) => ({
  status: 400,
  code: 'InvalidParameter',
  target,
  says: `The value of parameter ${target} is invalid.`,
});
const kept = (property: string) => ({
  status: 400,
  code: 'PropertyChangeNotAllowed',
  target: property,
  says: `Changing property '${property}' is not allowed.`,
});
const busy = {
  given: (azure: Fixture) => azure.send('PUT', again.url, good.cluster),
  status: 409,
  code: 'OperationNotAllowed',
  says: "there's an in progress update managed cluster operation",
};
const creating = {
  given: (azure: Fixture) => azure.send('PUT', put.url, good.cluster),
  status: 409,
  code: 'OperationNotAllowed',
};
const quota = {
  given: (azure: Fixture) => azure.control('POST', 'settings', { quota: { standardDSv2Family: 10 } }),
  status: 400,
  code: 'ErrCode_InsufficientVCPUQuota',
  says: 'Insufficient vcpu quota requested',
};
const noSize = {
  status: 400,
  code: 'BadRequest',
  says: 'The VM size of Standard_Nothing is not allowed in your subscription in location',
};
const noVersion = {
  status: 400,
  code: 'K8sVersionNotSupported',
  says: 'Version 1.29.9 is not supported in this region.',
};
const noZone = { status: 400, code: 'AvailabilityZoneNotSupported', target: 'agentPoolProfile.availabilityZone' };
const failed = { status: 412, code: 'PreconditionFailed' };
const notThere = { status: 404, code: 'ResourceNotFound' };
const notFound = { status: 404, code: 'NotFound' };

const credentials = (name: string, cluster?: string) => ({ method: 'POST', url: url.cluster(cluster, `/${name}`) });
const hardened = { disableLocalAccounts: true, aadProfile: { managed: true, enableAzureRBAC: true } };
const withRanges = (...authorizedIPRanges: string[]) =>
  withProperties({ apiServerAccessProfile: { authorizedIPRanges } });
const withoutLocalAccounts = async (azure: Fixture) => {
  await azure.send('PUT', url.cluster('closed'), withProperties(hardened));
  await azure.clock.sleep(3_600_000);
};

const REFUSALS: Refusal[] = [
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no location', ...put, body: { properties: {} }, status: 400, code: 'LocationRequired' },
  {
    wrong: 'a location that there is not',
    ...put,
    body: { ...good.cluster, location: 'mars' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  },
  { wrong: 'no properties', ...put, body: { location: LOCATION }, ...missing('properties') },
  {
    wrong: 'a flag of the wrong type',
    ...put,
    body: withProperties({ enableRBAC: 'yes' }),
    ...cannot('string', 'properties.enableRBAC', 'bool'),
  },
  {
    wrong: 'a profile of the wrong type',
    ...put,
    body: withProperties({ networkProfile: true }),
    ...cannot('bool', 'properties.networkProfile', 'object'),
  },
  {
    wrong: 'a list in place of text',
    ...put,
    body: withProperties({ dnsPrefix: [] }),
    ...cannot('array', 'properties.dnsPrefix', 'string'),
  },
  {
    wrong: 'a count of the wrong type',
    ...put,
    body: withPool({ count: '3' }),
    ...cannot('string', 'properties.agentPoolProfiles.count', 'float64'),
  },
  { wrong: 'half a node', ...put, body: withPool({ count: 1.5 }), ...unmarshal('agentPoolProfiles.count') },
  {
    wrong: 'an unknown property',
    ...put,
    body: withProperties({ oidcIssuer: {} }),
    ...unmarshal('json: unknown field "oidcIssuer" Check that the field is in the right location'),
  },
  {
    wrong: 'an unknown property of a pool',
    ...put,
    body: withPool({ nodes: 3 }),
    ...unmarshal('unknown field "nodes"'),
  },
  { wrong: 'no DNS prefix', ...put, body: without('dnsPrefix'), ...wrong('dnsPrefix') },
  {
    wrong: 'a DNS prefix that begins with a hyphen',
    ...put,
    body: withProperties({ dnsPrefix: '-x' }),
    ...wrong('dnsPrefix'),
  },
  {
    wrong: 'a DNS prefix of 55 characters',
    ...put,
    body: withProperties({ dnsPrefix: 'x'.repeat(55) }),
    ...wrong('dnsPrefix'),
  },
  {
    wrong: 'no identity',
    ...put,
    body: { ...good.cluster, identity: undefined },
    ...missing('servicePrincipalProfile'),
  },
  {
    wrong: 'an identity that is not named',
    ...put,
    body: { ...good.cluster, identity: { type: 'UserAssigned' } },
    ...missing('identity.userAssignedIdentities'),
  },
  {
    wrong: 'an unknown kind of identity',
    ...put,
    body: { ...good.cluster, identity: { type: 'Mine' } },
    ...wrong('identity.type'),
  },
  { wrong: 'an unknown tier', ...put, body: merged(good.cluster, { sku: { tier: 'Gold' } }), ...wrong('sku.tier') },
  { wrong: 'no pools', ...put, body: without('agentPoolProfiles'), ...missing('agentPoolProfiles') },
  {
    wrong: 'no system pool',
    ...put,
    body: withPool({ mode: 'User' }),
    status: 400,
    code: 'InvalidParameter',
    says: 'Must define at least one system pool.',
  },
  {
    wrong: 'two pools of one name',
    ...put,
    body: withProperties({ agentPoolProfiles: [firstPool ?? null, firstPool ?? null] }),
    ...wrong('agentPoolProfile.name'),
  },
  { wrong: 'a pool without name', ...put, body: withPool({ name: undefined }), ...missing('agentPoolProfile.name') },
  {
    wrong: 'a pool’s name with capital letters',
    ...put,
    body: withPool({ name: 'Pool' }),
    ...wrong('agentPoolProfile.name'),
  },
  {
    wrong: 'a pool’s name of 13 characters',
    ...put,
    body: withPool({ name: 'x'.repeat(13) }),
    ...wrong('agentPoolProfile.name'),
  },
  { wrong: 'no count', ...put, body: withPool({ count: undefined }), ...missing('agentPoolProfile.count') },
  { wrong: 'a system pool of 0 nodes', ...put, body: withPool({ count: 0 }), ...wrong('agentPoolProfile.count') },
  { wrong: '1001 nodes', ...put, body: withPool({ count: 1001 }), ...wrong('agentPoolProfile.count') },
  { wrong: '9 pods', ...put, body: withPool({ maxPods: 9 }), ...wrong('agentPoolProfile.maxPods') },
  { wrong: '251 pods', ...put, body: withPool({ maxPods: 251 }), ...wrong('agentPoolProfile.maxPods') },
  { wrong: 'a disk of 29 GB', ...put, body: withPool({ osDiskSizeGB: 29 }), ...wrong('agentPoolProfile.osDiskSizeGB') },
  {
    wrong: 'scaling without bounds',
    ...put,
    body: withPool({ enableAutoScaling: true }),
    ...wrong('agentPoolProfile.maxCount'),
  },
  {
    wrong: 'a lower bound above the upper',
    ...put,
    body: withPool({ enableAutoScaling: true, minCount: 3, maxCount: 2 }),
    ...wrong('agentPoolProfile.minCount'),
  },
  { wrong: 'an unknown mode', ...put, body: withPool({ mode: 'Both' }), ...wrong('agentPoolProfile.mode') },
  { wrong: 'an unknown system', ...put, body: withPool({ osType: 'Plan9' }), ...wrong('agentPoolProfile.osType') },
  {
    wrong: 'an unknown plugin',
    ...put,
    body: withProperties({ networkProfile: { networkPlugin: 'flannel' } }),
    ...wrong('networkProfile.networkPlugin'),
  },
  {
    wrong: 'an unknown outbound type',
    ...put,
    body: withProperties({ networkProfile: { outboundType: 'pigeon' } }),
    ...wrong('networkProfile.outboundType'),
  },
  {
    wrong: 'an unknown upgrade channel',
    ...put,
    body: withProperties({ autoUpgradeProfile: { upgradeChannel: 'daily' } }),
    ...wrong('autoUpgradeProfile.upgradeChannel'),
  },
  {
    wrong: 'an SSH key that is none',
    ...put,
    body: withProperties({
      linuxProfile: {
        adminUsername: 'azureuser',
        ssh: { publicKeys: [{ keyData: '---- BEGIN SSH2 PUBLIC KEY ----' }] },
      },
    }),
    ...wrong('linuxProfile.ssh.publicKeys.keyData'),
  },
  {
    wrong: 'a node group that is in use',
    ...put,
    body: withProperties({ nodeResourceGroup: GROUP }),
    ...wrong('nodeResourceGroup'),
  },
  {
    wrong: 'a node group’s name of 81 characters',
    ...put,
    body: withProperties({ nodeResourceGroup: 'x'.repeat(81) }),
    ...wrong('nodeResourceGroup'),
  },
  { wrong: 'a VM size that there is not', ...put, body: withPool({ vmSize: 'Standard_Nothing' }), ...noSize },
  {
    wrong: 'a version that is not supported',
    ...put,
    body: withProperties({ kubernetesVersion: '1.29.9' }),
    ...noVersion,
  },
  { wrong: 'a zone that there is not', ...put, body: withPool({ availabilityZones: ['1', '4'] }), ...noZone },
  { wrong: 'too small a quota', ...put, body: good.cluster, ...quota },
  {
    wrong: 'a subnet that is not there',
    ...put,
    body: withPool({ vnetSubnetID: url.subnet('none') }),
    status: 403,
    code: 'LinkedAuthorizationFailed',
    says: 'Microsoft.Network/virtualNetworks/subnets/join/action',
  },
  {
    wrong: 'a subnet that overlaps with the services',
    ...put,
    given: (azure: Fixture) => azure.send('PUT', url.network(), good.network),
    body: withPool({ vnetSubnetID: url.subnet() }),
    status: 400,
    code: 'ServiceCidrOverlapExistingSubnetsCidr',
    says: 'The specified service CIDR 10.0.0.0/16 is conflicted with an existing subnet CIDR 10.0.4.0/22',
    target: 'networkProfile.serviceCIDR',
  },
  {
    wrong: 'another subnet',
    ...again,
    body: withPool({ vnetSubnetID: url.subnet() }),
    given: (azure: Fixture) =>
      azure.send('PUT', url.network(), {
        ...good.network,
        properties: {
          ...good.network.properties,
          subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }],
        },
      }),
    ...kept('agentPoolProfiles.vnetSubnetID'),
  },
  ...['-a', 'a-', 'a.b', 'x'.repeat(64)].map((name) => ({
    wrong: `the name ${name.slice(0, 8)}`,
    method: 'PUT',
    url: url.cluster(name),
    body: good.cluster,
    status: 400,
    code: 'InvalidResourceName',
  })),
  {
    wrong: 'another location',
    ...again,
    body: { ...good.cluster, location: 'eastus' },
    status: 409,
    code: 'InvalidResourceLocation',
  },
  {
    wrong: 'no OIDC issuer any more',
    ...again,
    body: withProperties({ oidcIssuerProfile: { enabled: false } }),
    status: 400,
    code: 'OIDCIssuerFeatureCannotBeDisabled',
  },
  {
    wrong: 'an older version',
    ...again,
    url: url.cluster('newer'),
    body: withProperties({ kubernetesVersion: '1.34' }),
    status: 400,
    code: 'InvalidParameter',
    target: 'kubernetesVersion',
  },
  { wrong: 'another DNS prefix', ...again, body: withProperties({ dnsPrefix: 'other' }), ...kept('dnsPrefix') },
  {
    wrong: 'another plugin',
    ...again,
    body: withProperties({ networkProfile: { networkPlugin: 'kubenet' } }),
    ...kept('networkProfile.networkPlugin'),
  },
  {
    wrong: 'another VM size',
    ...again,
    body: withPool({ vmSize: 'Standard_DS3_v2' }),
    ...kept('agentPoolProfiles.vmSize'),
  },
  { wrong: 'a change under way', ...again, body: good.cluster, ...busy },
  {
    wrong: 'If-None-Match of a cluster that is there',
    ...again,
    body: good.cluster,
    headers: { 'if-none-match': '*' },
    ...failed,
  },
  {
    wrong: 'If-Match of a cluster that is not there',
    ...put,
    body: good.cluster,
    headers: { 'if-match': '*' },
    ...failed,
  },

  { wrong: 'no body', ...patch, ...invalid },
  { wrong: 'a change under way', ...patch, body: { tags: {} }, ...busy },
  { wrong: 'an eTag of the past', ...patch, body: { tags: {} }, headers: { 'if-match': '"old"' }, ...failed },
  { wrong: 'a cluster that is not there', ...patch, url: url.cluster('none'), body: { tags: {} }, ...notThere },
  { wrong: 'a cluster that is not there', method: 'GET', url: url.cluster('none'), ...notThere },
  { wrong: 'an eTag of the past', method: 'DELETE', url: url.cluster(), headers: { 'if-match': '"old"' }, ...failed },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${LOCATIONS}/operations/none?${VERSIONS.cluster}`,
    ...notFound,
  },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${LOCATIONS}/operationresults/none?${VERSIONS.cluster}`,
    ...notFound,
  },

  { wrong: 'a pool that is not there', method: 'GET', url: url.pool('none'), ...notFound },
  { wrong: 'a cluster that is not there', method: 'GET', url: url.cluster('none', '/agentPools'), ...notThere },
  { wrong: 'no body', ...newPool, ...invalid },
  { wrong: 'no properties', ...newPool, body: {}, ...missing('properties') },
  {
    wrong: 'a count of the wrong type',
    ...newPool,
    body: pool({ count: true }),
    ...cannot('bool', 'properties.count', 'float64'),
  },
  { wrong: 'an unknown property', ...newPool, body: pool({ nodes: 3 }), ...unmarshal('unknown field "nodes"') },
  { wrong: 'no count', ...newPool, body: pool({ count: undefined }), ...missing('agentPoolProfile.count') },
  {
    wrong: 'a name with capital letters',
    ...newPool,
    url: url.pool('Pool'),
    body: good.pool,
    ...wrong('agentPoolProfile.name'),
  },
  { wrong: 'a VM size that there is not', ...newPool, body: pool({ vmSize: 'Standard_Nothing' }), ...noSize },
  { wrong: 'a version that is not supported', ...newPool, body: pool({ orchestratorVersion: '1.29.9' }), ...noVersion },
  { wrong: 'a zone that there is not', ...newPool, body: pool({ availabilityZones: ['4'] }), ...noZone },
  { wrong: 'too small a quota', ...newPool, body: good.pool, ...quota },
  {
    wrong: 'another VM size',
    ...newPool,
    url: url.pool(),
    body: { properties: { vmSize: 'Standard_DS3_v2' } },
    ...kept('properties.vmSize'),
  },
  {
    wrong: 'other zones',
    ...newPool,
    url: url.pool(),
    body: { properties: { availabilityZones: ['1'] } },
    ...kept('properties.availabilityZones'),
  },
  { wrong: 'a change under way', ...newPool, body: good.pool, ...busy },
  {
    wrong: 'a cluster that is not there',
    ...newPool,
    url: url.cluster('none', '/agentPools/new'),
    body: good.pool,
    ...notThere,
  },

  ...['listClusterUserCredential', 'listClusterAdminCredential'].flatMap((name): Refusal[] => [
    { wrong: `${name} of a cluster that is not there`, ...credentials(name, 'none'), ...notThere },
    { wrong: `${name} of a cluster that is being created`, ...credentials(name, 'new'), ...creating },
  ]),
  {
    wrong: 'the administrator where there are no local accounts',
    ...credentials('listClusterAdminCredential', 'closed'),
    given: withoutLocalAccounts,
    status: 400,
    code: 'BadRequest',
    says: 'Getting static credential is not allowed because this cluster is set to disable local accounts.',
  },

  {
    wrong: 'no local accounts, and no Entra ID instead',
    ...put,
    body: withProperties({ disableLocalAccounts: true }),
    status: 400,
    code: 'BadRequest',
    says: 'disableLocalAccounts can only be set on Azure AD integration enabled cluster.',
  },
  {
    wrong: 'Azure RBAC without Entra ID',
    ...put,
    body: withProperties({ aadProfile: { enableAzureRBAC: true } }),
    ...wrong('aadProfile.enableAzureRBAC'),
  },
  {
    wrong: 'a group that is no GUID',
    ...put,
    body: withProperties({ aadProfile: { managed: true, adminGroupObjectIDs: ['admins'] } }),
    ...wrong('aadProfile.adminGroupObjectIDs'),
  },
  {
    wrong: 'taking Entra ID away',
    method: 'PUT',
    url: url.cluster('closed'),
    given: withoutLocalAccounts,
    body: withProperties({ disableLocalAccounts: false, aadProfile: { managed: false } }),
    ...kept('aadProfile.managed'),
  },
  {
    wrong: 'a range that is none',
    ...put,
    body: withRanges('10.0.0.0/33'),
    ...wrong('apiServerAccessProfile.authorizedIPRanges'),
  },
  {
    wrong: 'more ranges than there may be',
    ...put,
    body: withRanges(...Array.from({ length: 201 }, (_, index) => `203.0.113.${index}/32`)),
    ...wrong('apiServerAccessProfile.authorizedIPRanges'),
  },
  {
    wrong: 'only the cluster, and others',
    ...put,
    body: withRanges('0.0.0.0/32', '203.0.113.0/24'),
    status: 400,
    code: 'InvalidParameter',
    says: 'Setting apiServerAuthorizedIPRange to 0.0.0.0/32 is not allowed with other IP ranges.',
  },
];

const prepare = async (azure: Fixture) => {
  await azure.send('PUT', url.group(), good.group);
  await azure.send('PUT', url.cluster(), good.cluster);
  await azure.send('PUT', url.cluster('newer'), withProperties({ kubernetesVersion: '1.35' }));
  await azure.clock.sleep(3_600_000);
};

testRefusals(CONTAINER_SERVICE_COVERAGE, prepare, REFUSALS);

test('before 2024-01-01 unknown properties were ignored', async () => {
  const azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
  const at = (version: string) =>
    azure.send('PUT', put.url.replace(VERSIONS.cluster, `api-version=${version}`), withProperties({ oidcIssuer: {} }));
  expect(await at('2024-02-01')).toMatchObject({ status: 400, body: { code: 'UnmarshalError' } });
  expect(await at('2023-11-01')).toMatchObject({ status: 201 });
  await azure.close();
});

test('with Entra ID the kubeconfig holds no secret: it asks kubelogin for a token', async () => {
  const azure = await startFixture();
  await prepare(azure);
  await withoutLocalAccounts(azure);
  const answer = await azure.send('POST', url.cluster('closed', '/listClusterUserCredential'));
  const { kubeconfigs }: { kubeconfigs: { value: string }[] } = JSON.parse(answer.text);
  const kubeconfig = Buffer.from(kubeconfigs[0]?.value ?? '', 'base64').toString();
  expect(kubeconfig).toContain('command: kubelogin');
  expect(kubeconfig).not.toMatch(/token:|client-key-data/);
  await azure.close();
});

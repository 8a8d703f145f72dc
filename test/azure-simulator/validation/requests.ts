import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
} from '../../../local/azure-simulator/azure-simulator.ts';
import type { JsonObject } from '../../../local/azure-simulator/base/json.ts';
import { clusterParameters, GROUP, LOCATION } from '../fixture.ts';

/** URLs of the resources that the tests of validation are about, and bodies that are accepted there. */
export const S = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
export const G = `${S}/resourceGroups/${GROUP}`;

export const VERSIONS = {
  resources: 'api-version=2025-04-01',
  identity: 'api-version=2024-11-30',
  roles: 'api-version=2022-04-01',
  vault: 'api-version=2026-02-01',
  registry: 'api-version=2025-11-01',
  storage: 'api-version=2026-09-01',
  cluster: 'api-version=2026-06-01',
  skus: 'api-version=2021-07-01',
  usages: 'api-version=2024-07-01',
  policies: 'api-version=2023-03-01',
  locks: 'api-version=2020-05-01',
  network: 'api-version=2024-05-01',
};

const identities = 'providers/Microsoft.ManagedIdentity/userAssignedIdentities';

/** The URL of a resource of each type, by its name and what follows. */
export const url = {
  group: (name = GROUP) => `${S}/resourceGroups/${name}?${VERSIONS.resources}`,
  tags: (scope = G) => `${scope}/providers/Microsoft.Resources/tags/default?${VERSIONS.resources}`,
  identity: (name = 'airflow') => `${G}/${identities}/${name}?${VERSIONS.identity}`,
  credential: (name = 'credential', identity = 'airflow') =>
    `${G}/${identities}/${identity}/federatedIdentityCredentials/${name}?${VERSIONS.identity}`,
  assignment: (name: string = SIMULATED_TENANT_ID, scope = G) =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?${VERSIONS.roles}`,
  lock: (name = 'keep', scope = G) => `${scope}/providers/Microsoft.Authorization/locks/${name}?${VERSIONS.locks}`,
  vault: (name = 'airflow-kv', rest = '') =>
    `${G}/providers/Microsoft.KeyVault/vaults/${name}${rest}?${VERSIONS.vault}`,
  registry: (name = 'airflowregistry', rest = '') =>
    `${G}/providers/Microsoft.ContainerRegistry/registries/${name}${rest}?${VERSIONS.registry}`,
  account: (name = 'airflowstorage', rest = '') =>
    `${G}/providers/Microsoft.Storage/storageAccounts/${name}${rest}?${VERSIONS.storage}`,
  container: (name = 'logs') => url.account(undefined, `/blobServices/default/containers/${name}`),
  cluster: (name = 'airflow', rest = '') =>
    `${G}/providers/Microsoft.ContainerService/managedClusters/${name}${rest}?${VERSIONS.cluster}`,
  network: (name = 'team') => `${G}/providers/Microsoft.Network/virtualNetworks/${name}?${VERSIONS.network}`,
  /** The id of a subnet, which has no URL of its own here. */
  subnet: (name = 'nodes') => `${G}/providers/Microsoft.Network/virtualNetworks/team/subnets/${name}`,
  pool: (name = 'nodepool1') => url.cluster(undefined, `/agentPools/${name}`),
};

const { location, sku, identity, ...clusterProperties } = clusterParameters;

export const ACR_PULL = `${S}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`;

export const POLICY = {
  tenantId: SIMULATED_TENANT_ID,
  objectId: SIMULATED_CALLER_OBJECT_ID,
  permissions: { secrets: ['all', 'purge'] },
};

/** A body that each of them takes. */
export const good = {
  network: {
    location: LOCATION,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
      subnets: [{ name: 'nodes', properties: { addressPrefix: '10.0.4.0/22' } }],
    },
  },
  group: { location: LOCATION },
  identity: { location: LOCATION },
  credential: {
    properties: {
      issuer: 'https://issuer.example.com/',
      subject: 'system:serviceaccount:airflow:airflow',
      audiences: ['api://AzureADTokenExchange'],
    },
  },
  assignment: {
    properties: {
      roleDefinitionId: ACR_PULL,
      principalId: '00000000-0000-4000-8000-000000000001',
      principalType: 'ServicePrincipal',
    },
  },
  lock: { properties: { level: 'CanNotDelete', notes: 'Ask the platform team.' } },
  vault: {
    location: LOCATION,
    properties: {
      tenantId: SIMULATED_TENANT_ID,
      sku: { family: 'A', name: 'standard' },
      accessPolicies: [POLICY],
      enableRbacAuthorization: false,
      softDeleteRetentionInDays: 90,
    },
  },
  secret: { properties: { value: 'a value' } },
  registry: { location: LOCATION, sku: { name: 'Premium' }, properties: { adminUserEnabled: true } },
  image: {
    source: { registryUri: 'quay.io', sourceImage: 'prometheus/statsd-exporter:v0.26.1' },
    targetTags: ['statsd-exporter:v0.26.1'],
  },
  account: {
    location: LOCATION,
    sku: { name: 'Standard_ZRS' },
    kind: 'StorageV2',
    properties: { minimumTlsVersion: 'TLS1_2' },
  },
  container: { properties: { publicAccess: 'None' } },
  cluster: { location, sku, identity, properties: clusterProperties },
  pool: { properties: { count: 1, mode: 'User', vmSize: 'Standard_DS4_v2' } },
} satisfies Record<string, JsonObject>;

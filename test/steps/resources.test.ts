import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';
import { aLocatedDeployment, GROUP, THEIRS, WITH_THEIRS } from '../support/a-located-deployment.ts';

const idsOf = (body: object) => {
  const deployment = aLocatedDeployment(body);
  return Object.fromEntries(allSteps.map((step) => [step.name, step.resourceId(deployment)]));
};

const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/airflow-kv`;
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/airflowacr`;
const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/airflowlogs`;
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/apache-airflow-aks`;

const OWN = {
  'resource-group': GROUP,
  identity: IDENTITY,
  'key-vault': VAULT,
  'ssh-key': `${VAULT}/secrets/apache-airflow-aks-ssh-private-key`,
  registry: REGISTRY,
  storage: STORAGE,
  container: `${STORAGE}/blobServices/default/containers/airflow-logs`,
  cluster: CLUSTER,
  image: REGISTRY,
  secrets: `${VAULT}/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY`,
  'logs-access': STORAGE,
  'acr-pull': REGISTRY,
  'network-access': '',
  'vault-access': VAULT,
  'federated-credential': `${IDENTITY}/federatedIdentityCredentials/external-secret-operator`,
  connect: CLUSTER,
  lock: GROUP,
};

describe('the ids of what the steps make are known before it exists', () => {
  it('in the own group', () => {
    expect(idsOf({})).toEqual(OWN);
  });

  it("in others' groups", () => {
    expect(idsOf(WITH_THEIRS)).toEqual({
      ...OWN,
      'key-vault': THEIRS.keyVaultId,
      'ssh-key': `${THEIRS.keyVaultId}/secrets/apache-airflow-aks-ssh-private-key`,
      registry: THEIRS.registryId,
      image: THEIRS.registryId,
      secrets: `${THEIRS.keyVaultId}/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY`,
      'acr-pull': THEIRS.registryId,
      'network-access': THEIRS.subnetId,
      'vault-access': THEIRS.keyVaultId,
    });
  });

  it('of a vault of somebody else beside a registry of the own', () => {
    const ids = idsOf({ keyVaultName: undefined, existing: { keyVaultId: THEIRS.keyVaultId } });
    expect([ids['key-vault'], ids.registry]).toEqual([THEIRS.keyVaultId, REGISTRY]);
  });
});

it('a step creates one resource of Resource Manager, whose deletion usually takes so many seconds', () => {
  const resources = allSteps.flatMap(({ name, resource }) =>
    resource ? [[name, resource.type, resource.apiVersion, resource.deleteSeconds]] : [],
  );
  expect(resources).toEqual([
    ['resource-group', 'Microsoft.Resources/subscriptions/resourceGroups', '2021-04-01', 420],
    ['identity', 'Microsoft.ManagedIdentity/userAssignedIdentities', '2024-11-30', 5],
    ['key-vault', 'Microsoft.KeyVault/vaults', '2026-02-01', 5],
    ['registry', 'Microsoft.ContainerRegistry/registries', '2025-11-01', 15],
    ['storage', 'Microsoft.Storage/storageAccounts', '2026-09-01', 5],
    ['cluster', 'Microsoft.ContainerService/managedClusters', '2026-06-01', 240],
  ]);
});

it('a resource has the name that the request gives it', () => {
  const deployment = aLocatedDeployment();
  const names = allSteps.flatMap(({ name, resource }) => (resource ? [[name, resource.nameIn(deployment)]] : []));
  expect(Object.fromEntries(names)).toEqual({
    'resource-group': 'rg',
    identity: 'airflow-identity-123',
    'key-vault': 'airflow-kv',
    registry: 'airflowacr',
    storage: 'airflowlogs',
    cluster: 'apache-airflow-aks',
  });
});

it('what somebody else keeps is used in the place of a resource', () => {
  const existingIn = (body: object) => {
    const deployment = aLocatedDeployment(body);
    return allSteps.flatMap(({ name, resource }) => {
      const existing = resource?.existingIn?.(deployment);
      return existing === undefined ? [] : [[name, existing]];
    });
  };
  expect(existingIn({})).toEqual([]);
  expect(existingIn(WITH_THEIRS)).toEqual([
    ['key-vault', THEIRS.keyVaultId],
    ['registry', THEIRS.registryId],
  ]);
});

describe('Azure Policy is shown', () => {
  const contentOf = (body: object) => {
    const deployment = aLocatedDeployment(body);
    return Object.fromEntries(
      allSteps.flatMap(({ name, resource }) => (resource ? [[name, resource.policyContent?.(deployment)]] : [])),
    );
  };

  const VAULT_CONTENT = {
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
  };
  const STORAGE_CONTENT = {
    supportsHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
  };
  const POOL = {
    name: 'nodepool1',
    mode: 'System',
    osType: 'Linux',
    vmSize: 'Standard_DS4_v2',
    count: 3,
    availabilityZones: ['1', '2', '3'],
  };
  const CLUSTER_CONTENT = {
    enableRBAC: true,
    disableLocalAccounts: false,
    networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
    agentPoolProfiles: [POOL],
  };

  it("what the tutorial's resources are", () => {
    expect(contentOf({})).toStrictEqual({
      'resource-group': {},
      identity: {},
      'key-vault': { properties: VAULT_CONTENT },
      registry: { sku: { name: 'Premium' }, properties: { adminUserEnabled: true, anonymousPullEnabled: false } },
      storage: { kind: 'StorageV2', sku: { name: 'Standard_ZRS' }, properties: STORAGE_CONTENT },
      cluster: { sku: { name: 'Base', tier: 'Standard' }, properties: CLUSTER_CONTENT },
    });
  });

  const HARDENED_CLUSTER = {
    ...CLUSTER_CONTENT,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true },
    apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] },
  };

  it('what hardened resources are', () => {
    expect(contentOf({ profile: 'hardened' })).toStrictEqual({
      'resource-group': {},
      identity: {},
      'key-vault': {
        properties: { ...VAULT_CONTENT, enableRbacAuthorization: true, enablePurgeProtection: true },
      },
      registry: { sku: { name: 'Premium' }, properties: { adminUserEnabled: false, anonymousPullEnabled: false } },
      storage: {
        kind: 'StorageV2',
        sku: { name: 'Standard_ZRS' },
        properties: { ...STORAGE_CONTENT, minimumTlsVersion: 'TLS1_2', allowSharedKeyAccess: false },
      },
      cluster: { sku: { name: 'Base', tier: 'Standard' }, properties: HARDENED_CLUSTER },
    });
  });

  it('a cluster as the request wants it', () => {
    const { cluster } = contentOf({
      profile: 'hardened',
      cluster: {
        tier: 'Premium',
        nodeVmSize: 'Standard_D8s_v5',
        nodeCount: 5,
        zones: [],
        authorizedIpRanges: ['198.51.100.0/24'],
      },
    });
    const { availabilityZones: _, ...pool } = POOL;
    expect(cluster).toStrictEqual({
      sku: { name: 'Base', tier: 'Premium' },
      properties: {
        ...HARDENED_CLUSTER,
        apiServerAccessProfile: { authorizedIPRanges: ['198.51.100.0/24'] },
        agentPoolProfiles: [{ ...pool, vmSize: 'Standard_D8s_v5', count: 5 }],
      },
    });
  });
});

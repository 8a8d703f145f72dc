import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../src/deployment/request/resolve-deployment.ts';
import { salvageDeployment } from '../../../src/deployment/run/salvage-deployment.ts';
import { storedDeploymentSchema } from '../../../src/deployment/run/stored-deployment.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const essential = { id: 'one', subscriptionId: 'sub', resourceGroupName: 'group' };

const vaultId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/theirs';
const registryId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/theirs2';

/** A deployment that has every field, each unlike the tutorial's. */
const whole: Deployment = {
  ...essential,
  profile: 'hardened',
  location: 'nowhere',
  identityName: 'i',
  keyVaultName: 'k',
  registryName: 'r',
  storageAccountName: 's',
  storageContainerName: 'c',
  storageSecretName: 'S',
  clusterName: '!',
  serviceAccountName: 'A b',
  serviceAccountNamespace: 'B',
  airflowNamespace: 'C',
  airflowClusterName: 'D',
  cluster: {
    tier: 'Ultra',
    nodeVmSize: 'huge',
    nodeCount: 5000,
    zones: ['9'],
    autoUpgradeChannel: 'weekly',
    nodeOsUpgradeChannel: 'Never',
    kubernetesVersion: 'next',
    authorizedIpRanges: ['everywhere'],
    adminGroupObjectIds: ['g'],
    sshPublicKey: 'key',
  },
  images: [{ source: 'x', image: 'y' }],
  registryCredentials: [{ registry: 'R', usernameSecretId: 'u', passwordSecretId: 'p' }],
  existing: { registryId: 'a', keyVaultId: 'b', subnetId: 'c' },
  lock: 'ReadOnly',
  tags: [['microsoft-tag', 'x'.repeat(300)]],
  correlationId: 'a b',
  requestedBy: 'object',
};

describe('a stored deployment', () => {
  it('is read whatever the rules for requests are today', () => {
    expect(storedDeploymentSchema.parse(whole)).toEqual(whole);
  });

  it('keeps what is not known', () => {
    const more = {
      ...whole,
      airflow: { version: '3' },
      cluster: { ...whole.cluster, gpu: 1 },
      images: [{ source: 'x', image: 'y', platform: 'arm64' }],
      existing: { ...whole.existing, databaseId: 'd' },
      registryCredentials: [{ registry: 'R', usernameSecretId: 'u', passwordSecretId: 'p', kind: 'token' }],
    };
    expect(storedDeploymentSchema.parse(more)).toEqual(more);
  });

  it('is the tutorial where it says nothing', () => {
    const { id, subscriptionId, resourceGroupName } = aDeployment();
    expect(storedDeploymentSchema.parse({ id, subscriptionId, resourceGroupName })).toEqual(aDeployment());
  });

  it('has the names of what exists where it has none', () => {
    const existing = { keyVaultId: vaultId, registryId };
    expect(storedDeploymentSchema.parse({ ...essential, existing })).toMatchObject({
      keyVaultName: 'theirs',
      registryName: 'theirs2',
    });
  });

  it.each(Object.keys(essential))('is none without its %s', (name) => {
    expect(storedDeploymentSchema.safeParse({ ...whole, [name]: undefined }).success).toBe(false);
  });

  it.each(Object.keys(whole))(
    'is none when %s is of another type: a deployment is not carried out with half of it',
    (name) => {
      expect(storedDeploymentSchema.safeParse({ ...whole, [name]: 7 }).success).toBe(false);
    },
  );

  it.each(Object.keys(whole.cluster))('nor when cluster.%s is', (name) => {
    const cluster = { ...whole.cluster, [name]: { of: 'another type' } };
    expect(storedDeploymentSchema.safeParse({ ...whole, cluster }).success).toBe(false);
  });
});

describe('what can be salvaged of a deployment that cannot be read', () => {
  it('is every field that can, under the id that the instance has', () => {
    const { tags: _, cluster: __, ...rest } = whole;
    const tutorial = aDeployment();
    expect(salvageDeployment({ ...whole, id: 7, tags: { a: 'b' }, cluster: 'big' }, 'one')).toEqual({
      ...rest,
      tags: [],
      cluster: tutorial.cluster,
    });
  });

  it.each([
    ['no text', '☂'],
    ['nothing', undefined],
    ['no subscription', { ...whole, subscriptionId: 7 }],
    ['no resource group', { ...whole, resourceGroupName: undefined }],
  ])('is nothing of %s', (_, stored) => {
    expect(salvageDeployment(stored, 'one')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { storedDeploymentSchema } from '../../../../src/deployment/run/stored/stored-deployment.ts';
import { aDeployment } from '../../../support/a-deployment.ts';
import { aStoredDeployment, ESSENTIALS } from '../../../support/a-stored-deployment.ts';

const vaultId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/theirs';
const registryId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/theirs2';

describe('a stored deployment', () => {
  it('is read whatever the rules for requests are today', () => {
    expect(storedDeploymentSchema.parse(aStoredDeployment)).toEqual(aStoredDeployment);
  });

  it('keeps what is not known', () => {
    const more = {
      ...aStoredDeployment,
      airflow: { version: '3' },
      cluster: { ...aStoredDeployment.cluster, gpu: 1 },
      images: [{ source: 'x', image: 'y', platform: 'arm64' }],
      existing: { ...aStoredDeployment.existing, databaseId: 'd' },
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
    expect(storedDeploymentSchema.parse({ ...ESSENTIALS, existing })).toMatchObject({
      keyVaultName: 'theirs',
      registryName: 'theirs2',
    });
  });

  it.each(Object.keys(ESSENTIALS))('is none without its %s', (name) => {
    expect(storedDeploymentSchema.safeParse({ ...aStoredDeployment, [name]: undefined }).success).toBe(false);
  });

  it.each(Object.keys(aStoredDeployment))(
    'is none when %s is of another type: a deployment is not carried out with half of it',
    (name) => {
      expect(storedDeploymentSchema.safeParse({ ...aStoredDeployment, [name]: 7 }).success).toBe(false);
    },
  );

  it.each([{}, { source: 'x' }, { image: 'y' }, 'x:1'])('is none with the image %j', (image) => {
    expect(storedDeploymentSchema.safeParse({ ...aStoredDeployment, images: [image] }).success).toBe(false);
  });

  it.each(Object.keys(aStoredDeployment.cluster))('nor when cluster.%s is', (name) => {
    const cluster = { ...aStoredDeployment.cluster, [name]: { of: 'another type' } };
    expect(storedDeploymentSchema.safeParse({ ...aStoredDeployment, cluster }).success).toBe(false);
  });
});

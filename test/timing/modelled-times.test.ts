import { describe, expect, it } from 'vitest';
import { modelledTimes } from '../../local/timing/modelled-times.ts';
import { stepOfOperation } from '../../local/timing/step-of-operation.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/airflow';
const provider = (path: string): string => `${group}/providers/${path}`;
const vault = provider('Microsoft.KeyVault/vaults/airflow-vault');

describe('stepOfOperation', () => {
  it.each([
    [group, 'resource-group'],
    [provider('Microsoft.ManagedIdentity/userAssignedIdentities/airflow'), 'identity'],
    [
      provider('Microsoft.ManagedIdentity/userAssignedIdentities/airflow/federatedIdentityCredentials/external-secret'),
      'federated-credential',
    ],
    [vault, 'key-vault'],
    [`${vault}/accessPolicies/add`, 'vault-access'],
    [`${vault}/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY`, 'secrets'],
    [`${vault}/secrets/apache-airflow-aks-ssh-private-key`, 'ssh-key'],
    [provider('Microsoft.ContainerRegistry/registries/airflow'), 'registry'],
    [provider('Microsoft.Storage/storageAccounts/airflow'), 'storage'],
    [provider('Microsoft.Storage/storageAccounts/airflow/blobServices/default/containers/logs'), 'container'],
    [provider('Microsoft.ContainerService/managedClusters/airflow'), 'cluster'],
    [
      provider('Microsoft.ContainerRegistry/registries/airflow/providers/Microsoft.Authorization/roleAssignments/1f'),
      'acr-pull',
    ],
    [`${vault}/providers/Microsoft.Authorization/roleAssignments/2f`, 'vault-access'],
    [
      provider('Microsoft.Storage/storageAccounts/airflow/providers/Microsoft.Authorization/roleAssignments/3f'),
      'logs-access',
    ],
  ])('%s is work of %s', (resourceId, step) => {
    expect(stepOfOperation({ resourceId, operation: 'create' })).toBe(step);
    expect(stepOfOperation({ resourceId: resourceId.toLowerCase(), operation: 'create' })).toBe(step);
  });

  it('attributes an import to the step that is called as the image', () => {
    const registry = provider('Microsoft.ContainerRegistry/registries/airflow');
    const resourceId = `${registry}/importedImages/apache%2Fairflow:2.9.3`;
    expect(stepOfOperation({ resourceId, operation: 'import' })).toBe('image:apache/airflow:2.9.3');
  });

  it('knows no step for a resource that no step makes', () => {
    const resourceId = provider('Microsoft.Network/virtualNetworks/other');
    expect(stepOfOperation({ resourceId, operation: 'create' })).toBeUndefined();
  });
});

describe('modelledTimes', () => {
  const steps = [
    { name: 'resource-group', waitsFor: [] },
    { name: 'key-vault', waitsFor: ['resource-group'] },
    { name: 'storage', waitsFor: ['resource-group'] },
  ];

  const operation = (resourceId: string, from: number, to: number, kind = 'asynchronous') => ({
    resourceId,
    operation: 'create',
    kind,
    startedAt: from * 1000,
    endsAt: to * 1000,
  });

  it('adds up what a step wrote and leaves replication out', () => {
    const times = modelledTimes(steps, [
      operation(group, 0, 1, 'synchronous'),
      operation(vault, 1, 21),
      operation(vault, 25, 27, 'synchronous'),
      operation(vault, 27, 33, 'replication'),
      operation(provider('Microsoft.Storage/storageAccounts/a'), 1, 10),
    ]);
    expect(times).toMatchObject({
      seconds: 23,
      steps: ['resource-group', 'key-vault'],
      sequentialSeconds: 32,
      unknown: [],
    });
  });

  it('counts what a step did at once only once for the path, but twice for one after another', () => {
    const times = modelledTimes(steps, [operation(vault, 0, 4), operation(vault, 1, 3), operation(vault, 3, 6)]);
    expect(times).toMatchObject({ seconds: 6, sequentialSeconds: 9 });
  });

  it('shows what it cannot attribute instead of leaving it out in silence', () => {
    const resourceId = provider('Microsoft.Network/virtualNetworks/other');
    expect(modelledTimes(steps, [operation(resourceId, 0, 5)]).unknown).toMatchObject([{ resourceId }]);
  });
});

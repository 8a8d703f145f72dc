import { expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';

it('the steps say what they do', () => {
  expect(Object.fromEntries(allSteps.map(({ name, summary }) => [name, summary]))).toEqual({
    'resource-group': 'Creates the resource group, or tags it.',
    identity: 'Creates the managed identity that Airflow signs in as.',
    'key-vault': 'Creates the key vault, or recovers the one that an earlier deployment of the same name left.',
    'ssh-key': "Makes the nodes' SSH key pair; its private half is stored in the vault only.",
    registry: 'Creates the container registry.',
    storage: 'Creates the storage account for the logs.',
    container: 'Creates the blob container for the logs.',
    cluster: 'Creates the AKS cluster and its node pool.',
    image: 'Imports an image into the registry, in the profile `hardened` by its digest.',
    secrets: "Writes the storage account's name and key into the vault.",
    'logs-access': 'Lets the managed identity read and write the logs.',
    'acr-pull': 'Lets the nodes pull images from the registry.',
    'network-access': 'Lets the cluster make load balancers in the existing subnet.',
    'vault-access': "Lets the managed identity read the vault's secrets.",
    'federated-credential': 'Lets the Kubernetes service account sign in as the managed identity.',
    connect: 'Connects to the cluster and waits until its nodes are ready.',
    lock: 'Locks the resource group, or each resource of its own in a group of somebody else.',
  });
});

it('the activities keep the names under which histories have them', () => {
  expect(allSteps.map(({ activity }) => activity)).toEqual([
    'resourceGroup',
    'identity',
    'keyVault',
    'sshKey',
    'registry',
    'storage',
    'container',
    'cluster',
    'image',
    'secrets',
    'logsAccess',
    'acrPull',
    'networkAccess',
    'vaultAccess',
    'federatedCredential',
    'connect',
    'lock',
  ]);
});

it('a step usually takes so many seconds, and may take so many minutes', () => {
  const times = allSteps.map(({ name, usualSeconds, deadlineSeconds }) => [name, usualSeconds, deadlineSeconds / 60]);
  expect(times).toEqual([
    ['resource-group', { create: 5 }, 45],
    ['identity', { create: 3 }, 20],
    ['key-vault', { create: 25, update: 3 }, 30],
    ['ssh-key', { create: 3 }, 20],
    ['registry', { create: 25, update: 8 }, 30],
    ['storage', { create: 25, update: 3 }, 30],
    ['container', { create: 2 }, 20],
    ['cluster', { create: 330, update: 90 }, 90],
    ['image', { create: 30 }, 360],
    ['secrets', { create: 4 }, 20],
    ['logs-access', { create: 4 }, 30],
    ['acr-pull', { create: 4 }, 30],
    ['network-access', { create: 4 }, 30],
    ['vault-access', { create: 3 }, 20],
    ['federated-credential', { create: 3 }, 20],
    ['connect', { create: 2, unchanged: 2 }, 30],
    ['lock', { create: 2 }, 20],
  ]);
});

it('a step takes the values of some, and only waits for others', () => {
  const needs = allSteps.map(({ name, uses, dependsOn }) => [
    name,
    Object.values(uses).map((used) => used.name),
    dependsOn.map((other) => other.name),
  ]);
  expect(needs).toEqual([
    ['resource-group', [], []],
    ['identity', [], ['resource-group']],
    ['key-vault', [], ['resource-group']],
    ['ssh-key', [], ['key-vault']],
    ['registry', [], ['resource-group']],
    ['storage', [], ['resource-group']],
    ['container', [], ['storage']],
    ['cluster', ['ssh-key'], ['resource-group']],
    ['image', ['registry'], []],
    ['secrets', [], ['key-vault', 'storage']],
    ['logs-access', ['identity', 'storage'], []],
    ['acr-pull', ['cluster', 'registry'], []],
    ['network-access', ['cluster'], []],
    ['vault-access', ['identity', 'key-vault'], []],
    ['federated-credential', ['cluster'], ['identity']],
    [
      'connect',
      ['cluster'],
      ['secrets', 'logs-access', 'acr-pull', 'network-access', 'vault-access', 'federated-credential'],
    ],
    ['lock', [], ['connect']],
  ]);
});

it('some deployments go without some steps', () => {
  const optional = allSteps.filter((step) => step.optional);
  expect(optional.map(({ name }) => name)).toEqual([
    'ssh-key',
    'image',
    'secrets',
    'logs-access',
    'network-access',
    'lock',
  ]);
});

it('what is in the vault comes back with it', () => {
  const inside = allSteps.flatMap((step) =>
    step.inside ? [[step.name, step.inside.step.name, step.inside.noun]] : [],
  );
  expect(inside).toEqual([
    ['ssh-key', 'key-vault', 'vault'],
    ['secrets', 'key-vault', 'vault'],
  ]);
});

it('only the imports read the large parts of a request', () => {
  const reading = allSteps.filter(({ reads }) => reads.length > 0);
  expect(reading.map(({ name, reads }) => [name, reads])).toEqual([['image', ['images', 'registryCredentials']]]);
});

it('the role on the subnet begins late, and the roles of the cluster outlive it', () => {
  expect(allSteps.filter(({ later }) => later).map(({ name }) => name)).toEqual(['network-access']);
  const outliving = allSteps.flatMap(({ name, outlives }) => (outlives ? [[name, outlives.name]] : []));
  expect(outliving).toEqual([
    ['acr-pull', 'cluster'],
    ['network-access', 'cluster'],
  ]);
});

it('so many imports are under way at once as the settings allow, and no other step is held back', () => {
  const atOnce = allSteps.map((step) => [step.name, step.atOnce({ imageImportConcurrency: 4 })]);
  expect(atOnce.filter(([, limit]) => limit !== undefined)).toEqual([['image', 4]]);
});

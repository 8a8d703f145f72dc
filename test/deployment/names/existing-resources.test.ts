import { describe, expect, it } from 'vitest';
import {
  existingResourcesSchema,
  groupOfExisting,
  isExistingIn,
  partsOfId,
  storedExistingSchema,
} from '../../../src/deployment/names/existing-resources.ts';

const GROUP = '/subscriptions/11111111-2222-4333-8444-55555555555A/resourceGroups/Shared-rg';
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/teamregistry`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/team-vault`;
const SUBNET = `${GROUP}/providers/Microsoft.Network/virtualNetworks/hub.net/subnets/aks_1`;

describe('the id of something that exists', () => {
  it.each([
    { registryId: REGISTRY },
    { registryId: REGISTRY.toUpperCase() },
    { registryId: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/abcde` },
    { keyVaultId: VAULT },
    { keyVaultId: `${GROUP}/providers/Microsoft.KeyVault/vaults/abc` },
    { subnetId: SUBNET },
    { registryId: REGISTRY.replace('Shared-rg', '(a).b_c') },
    { registryId: REGISTRY, keyVaultId: VAULT, subnetId: SUBNET },
    {},
  ])('may be %j', (existing) => {
    expect(existingResourcesSchema.parse(existing)).toEqual(existing);
  });

  it.each([
    { registryId: VAULT },
    { registryId: ` ${REGISTRY}` },
    { registryId: `${REGISTRY}/replications/x` },
    { registryId: REGISTRY.replace('registries', 'registries/') },
    { registryId: REGISTRY.replace('Microsoft.C', 'MicrosoftXC') },
    { registryId: REGISTRY.replace('teamregistry', 'abcd') },
    { registryId: REGISTRY.replace('Shared-rg', 'ends.') },
    { registryId: REGISTRY.replace('11111111-', '') },
    { keyVaultId: REGISTRY },
    { keyVaultId: VAULT.replace('Microsoft.K', 'MicrosoftXK') },
    { keyVaultId: VAULT.replace('team-vault', 'team--vault') },
    { keyVaultId: VAULT.replace('team-vault', '1vault') },
    { keyVaultId: VAULT.replace('team-vault', 'vault-') },
    { keyVaultId: VAULT.replace('team-vault', 'v'.repeat(25)) },
    { subnetId: SUBNET.replace('Microsoft.N', 'MicrosoftXN') },
    { subnetId: SUBNET.replace('/subnets/aks_1', '') },
    { subnetId: SUBNET.replace('aks_1', 'a b') },
    { subnetId: SUBNET.replace('hub.net', '') },
    { storageAccountId: REGISTRY },
  ])('may not be %j', (existing) => {
    expect(existingResourcesSchema.safeParse(existing).success).toBe(false);
  });

  it.each([
    ['registryId', /^must be the id of a registry: .*\/registries\/…$/],
    ['keyVaultId', /^must be the id of a key vault: .*\/vaults\/…$/],
    ['subnetId', /^must be the id of a subnet: .*\/subnets\/…$/],
  ])('%s is explained', (field, message) => {
    const [issue] = existingResourcesSchema.safeParse({ [field]: 'x' }).error?.issues ?? [];
    expect(issue?.message).toMatch(message);
  });
});

it('where it is and what it is called', () => {
  const subscriptionId = '11111111-2222-4333-8444-55555555555a';
  expect(partsOfId(REGISTRY)).toEqual({ subscriptionId, resourceGroupName: 'Shared-rg', name: 'teamregistry' });
  expect(partsOfId(SUBNET)).toEqual({ subscriptionId, resourceGroupName: 'Shared-rg', name: 'aks_1' });
  expect(partsOfId('')).toEqual({ subscriptionId: '', resourceGroupName: '', name: '' });
});

describe('the group', () => {
  const own = { subscriptionId: 'own', resourceGroupName: 'airflow', name: 'not of a group' };
  const shared = { subscriptionId: '11111111-2222-4333-8444-55555555555a', resourceGroupName: 'Shared-rg' };

  it('of what exists is its own, of all else the deployment’s', () => {
    expect(groupOfExisting(VAULT, own)).toEqual(shared);
    expect(groupOfExisting(undefined, own)).toEqual({ subscriptionId: 'own', resourceGroupName: 'airflow' });
  });

  it.each([
    [{ registryId: REGISTRY }, shared, true],
    [{ registryId: undefined, subnetId: SUBNET }, { ...shared, resourceGroupName: 'SHARED-RG' }, true],
    [{ registryId: REGISTRY }, own, false],
    [{ registryId: undefined }, shared, false],
    [undefined, shared, false],
  ])('of %j is needed if it holds one of them', (existing, group, held) => {
    expect(isExistingIn(existing, group)).toBe(held);
  });
});

describe('what a deployment stored of the resources that exist', () => {
  it('is read whatever today is allowed, with what another release knows', () => {
    const stored = { registryId: 'a registry', gatewayId: '/x' };
    expect(storedExistingSchema.parse(stored)).toEqual(stored);
  });

  it.each([{ registryId: 7 }, { keyVaultId: null }, { subnetId: [] }])('is not read when it is %j', (stored) => {
    expect(storedExistingSchema.safeParse(stored).success).toBe(false);
  });
});

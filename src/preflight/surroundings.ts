import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { readSubnet } from '../azure/read-subnet.ts';
import { findVmSize, type VmSize } from '../azure/vm-size.ts';
import type { preflight } from '../deployment/driver/step-contracts.ts';
import { partsOfId } from '../deployment/names/existing-resources.ts';
import { once } from './once.ts';
import { readResourceProviders } from './resource-providers.ts';

export type PreflightInput = z.infer<typeof preflight.input>;

/** What several rules look at, each read when the first of them asks, once; undefined for what does not exist. */
export type Surroundings = ReturnType<typeof surroundingsOf>;

export const surroundingsOf = (input: PreflightInput) => {
  const { subscriptionId, resourceGroupName: group, location, nodeVmSize, existing = {} } = input;
  const { resources, identities, vaults, registries, storage, clusters } = armClients(subscriptionId);
  const readGroup = once(() => findOrUndefined(resources.resourceGroups.get(group)));
  /** In a group that does not exist nothing does. */
  const inGroup = <R>(get: () => Promise<R>) =>
    once(async () => ((await readGroup()) ? findOrUndefined(get()) : undefined));
  return {
    input,
    group: readGroup,
    identity: inGroup(() => identities.userAssignedIdentities.get(group, input.identityName)),
    vault:
      existing.keyVaultId === undefined
        ? inGroup(() => vaults.vaults.get(group, input.keyVaultName))
        : once(() => findOrUndefined(readExistingVault(existing.keyVaultId ?? ''))),
    registry:
      existing.registryId === undefined
        ? inGroup(() => registries.registries.get(group, input.registryName))
        : once(() => findOrUndefined(readExistingRegistry(existing.registryId ?? ''))),
    storage: inGroup(() => storage.storageAccounts.getProperties(group, input.storageAccountName)),
    cluster: inGroup(() => clusters.managedClusters.get(group, input.clusterName)),
    subnet: once(async () => (existing.subnetId === undefined ? undefined : readSubnet(existing.subnetId))),
    providers: once(() => readResourceProviders(subscriptionId)),
    vmSize: once((): Promise<VmSize | undefined> => findVmSize(subscriptionId, location, nodeVmSize)),
  };
};

const readExistingVault = (id: string) => {
  const { subscriptionId, resourceGroupName, name } = partsOfId(id);
  return armClients(subscriptionId).vaults.vaults.get(resourceGroupName, name);
};

const readExistingRegistry = (id: string) => {
  const { subscriptionId, resourceGroupName, name } = partsOfId(id);
  return armClients(subscriptionId).registries.registries.get(resourceGroupName, name);
};

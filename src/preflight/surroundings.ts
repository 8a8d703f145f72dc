import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { readSubnet } from '../azure/readings/read-subnet.ts';
import { findVmSize, type VmSize } from '../azure/readings/vm-size.ts';
import { apiVersionOf } from '../azure/settings/api-versions.ts';
import { partsOfId } from '../deployment/names/existing-resources.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { StepCore } from '../steps/step.ts';
import { once } from './once.ts';
import { readResourceProviders } from './resource-providers.ts';

/** What several rules read, each read when the first of them asks, once; undefined for what does not exist. */
export type Surroundings = ReturnType<typeof surroundingsOf>;

export const surroundingsOf = (deployment: Deployment) => {
  const { subscriptionId, resourceGroupName: group, location, existing = {} } = deployment;
  const { resources, subscriptions, identities, vaults, registries, storage, clusters } = armClients(subscriptionId);
  const readGroup = once(() => findOrUndefined(resources.resourceGroups.get(group)));
  /** In a group that does not exist nothing does. */
  const inGroup = <R>(get: () => Promise<R>) =>
    once(async () => ((await readGroup()) ? findOrUndefined(get()) : undefined));
  const surroundings = {
    deployment,
    subscription: once(() => subscriptions.subscriptions.get(subscriptionId)),
    group: readGroup,
    identity: inGroup(() => identities.userAssignedIdentities.get(group, deployment.identityName)),
    vault:
      existing.keyVaultId === undefined
        ? inGroup(() => vaults.vaults.get(group, deployment.keyVaultName))
        : once(() => findOrUndefined(readExistingVault(existing.keyVaultId ?? ''))),
    registry:
      existing.registryId === undefined
        ? inGroup(() => registries.registries.get(group, deployment.registryName))
        : once(() => findOrUndefined(readExistingRegistry(existing.registryId ?? ''))),
    storage: inGroup(() => storage.storageAccounts.getProperties(group, deployment.storageAccountName)),
    cluster: inGroup(() => clusters.managedClusters.get(group, deployment.clusterName)),
    subnet: once(async () => (existing.subnetId === undefined ? undefined : readSubnet(existing.subnetId))),
    providers: once(() => readResourceProviders(subscriptionId)),
    vmSize: once(
      (): Promise<VmSize | undefined> => findVmSize(subscriptionId, location, deployment.cluster.nodeVmSize),
    ),
  };
  const { identity, vault, registry, cluster } = surroundings;
  const read = new Map<string, () => Promise<unknown>>([
    ['resource-group', readGroup],
    ['identity', identity],
    ['key-vault', vault],
    ['registry', registry],
    ['storage', surroundings.storage],
    ['cluster', cluster],
  ]);
  return {
    ...surroundings,
    /** The resource of any step: by what the rules read anyway, else by its id. */
    find: async ({ name, resource, ...step }: StepCore): Promise<unknown> => {
      const known = read.get(name);
      if (known) return known();
      if (!resource || !(await readGroup())) return undefined;
      return findOrUndefined(resources.resources.getById(step.resourceId(deployment).slice(1), apiVersionOf(resource)));
    },
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

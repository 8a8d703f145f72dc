import { z } from 'zod';
import { partsOfId } from '../../deployment/names/existing-resources.ts';
import type { TagsOfResource } from '../../deployment/names/tag-value.ts';
import { type ArmClients, armClients } from '../arm-clients.ts';
import { AzureOperationError } from '../failures/azure-failure.ts';
import { findOrUndefined } from '../find-or-undefined.ts';
import { askResourceManager } from '../resource-manager-request.ts';

type Reading = (clients: ArmClients, group: string, name: string) => Promise<{ readonly tags?: TagsOfResource }>;

/** How each type is read whose consent a step may need, by the type in lower case. */
const readings: Readonly<Record<string, Reading>> = {
  'microsoft.containerregistry/registries': ({ registries }, group, name) => registries.registries.get(group, name),
  'microsoft.containerservice/managedclusters': ({ clusters }, group, name) =>
    clusters.managedClusters.get(group, name),
  'microsoft.keyvault/vaults': ({ vaults }, group, name) => vaults.vaults.get(group, name),
  'microsoft.managedidentity/userassignedidentities': ({ identities }, group, name) =>
    identities.userAssignedIdentities.get(group, name),
  'microsoft.storage/storageaccounts': ({ storage }, group, name) => storage.storageAccounts.getProperties(group, name),
};

/**
 * The tags that a resource or a resource group carries now; undefined when it does not exist.
 *
 * @throws Error for a type that is not known here.
 */
export const readTags = async (id: string): Promise<TagsOfResource | undefined> => {
  const { subscriptionId, resourceGroupName, name } = partsOfId(id);
  const clients = armClients(subscriptionId);
  const [, type = ''] = /\/providers\/([^/]+\/[^/]+)\/[^/]+$/i.exec(id.toLowerCase()) ?? [];
  if (type === 'microsoft.network/virtualnetworks') return readNetworkTags(id);
  const read: Reading | undefined =
    type === '' ? ({ resources }) => resources.resourceGroups.get(resourceGroupName) : readings[type];
  if (!read) throw new Error(`How the tags of ${type} are read is not known.`);
  const found = await findOrUndefined(read(clients, resourceGroupName, name));
  return found && (found.tags ?? {});
};

const networkSchema = z.object({ tags: z.record(z.string(), z.string()).nullish() });

/** Source: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get */
const readNetworkTags = async (id: string): Promise<TagsOfResource | undefined> => {
  try {
    return (await askResourceManager('GET', `${id}?api-version=2024-05-01`, networkSchema)).tags ?? {};
  } catch (error) {
    if (error instanceof AzureOperationError && error.failure.status === 404) return undefined;
    throw error;
  }
};

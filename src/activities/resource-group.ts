import type { ResourceGroup } from '@azure/arm-resources';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { resourceGroupId } from '../deployment/names/resource-ids.ts';
import { resourceGroup } from '../steps/resource-group.ts';
import { implement } from './implement.ts';
import { mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { immutableLocation } from './reconcile/immutables.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';

export const resourceGroupResource = (
  input: z.infer<typeof resourceGroup.input>,
): ManagedResource<ResourceGroup, z.infer<typeof resourceGroup.value>> => {
  const { subscriptionId, resourceGroupName, location, tags } = input;
  const { resourceGroups } = armClients(subscriptionId).resources;
  const id = resourceGroupId(subscriptionId, resourceGroupName);
  return {
    id,
    usualSeconds: resourceGroup.usualSeconds.create,
    get: () => resourceGroups.get(resourceGroupName),
    provisioningState: (group) => group.properties?.provisioningState,
    async create() {
      const body = { location, tags: newTags(input) };
      const result = await resourceGroups.createOrUpdate(resourceGroupName, body);
      return { result, operation: undefined };
    },
    immutables: (group) => immutableLocation(group, input),
    differences: (group) => tagDifferences(group.tags, tags),
    async update(group) {
      const result = await resourceGroups.update(resourceGroupName, { tags: mergeTags(group.tags, tags) });
      return { result, operation: undefined };
    },
    value: () => ({ id }),
  };
};

export const resourceGroupImplementation = implement(resourceGroup, managed(resourceGroupResource));

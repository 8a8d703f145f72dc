import type { Registry } from '@azure/arm-containerregistry';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { hardenedRegistry } from '../deployment/profile/hardening.ts';
import { registry } from '../steps/registry.ts';
import { implement } from './implement.ts';
import { desiredDifferences, mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { immutableLocation } from './reconcile/immutables.ts';
import { keptByOthers } from './reconcile/kept-by-others.ts';
import { keptHardening } from './reconcile/kept-hardening.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';

export const registryResource = (
  input: z.infer<typeof registry.input>,
): ManagedResource<Registry, z.infer<typeof registry.value>> => {
  const { resourceGroupName, location, tags, registryName } = input;
  const { registries } = armClients(input.subscriptionId).registries;
  const id = resourceId(input, 'Microsoft.ContainerRegistry/registries', registryName);
  const hardened = input.hardened ? hardenedRegistry : {};
  const resource: ManagedResource<Registry, z.infer<typeof registry.value>> = {
    id,
    usualSeconds: registry.usualSeconds.create,
    get: () => registries.get(resourceGroupName, registryName),
    provisioningState: ({ provisioningState }) => provisioningState,
    create: (existing) =>
      submit(() =>
        registries.create(resourceGroupName, registryName, {
          location,
          tags: existing ? mergeTags(existing.tags, tags) : newTags(input),
          sku: existing?.sku ?? { name: 'Premium' },
          adminUserEnabled: existing?.adminUserEnabled ?? true,
          anonymousPullEnabled: existing?.anonymousPullEnabled ?? false,
          ...(existing && keptSettings(existing)),
          ...hardened,
        }),
      ),
    immutables: (existing) => immutableLocation(existing, input),
    // Who switched the admin user off meant it: only what the request names is compared.
    differences: (existing) => [...desiredDifferences(existing, hardened), ...tagDifferences(existing.tags, tags)],
    update: (existing) =>
      submit(() =>
        registries.update(resourceGroupName, registryName, { tags: mergeTags(existing.tags, tags), ...hardened }),
      ),
    value({ loginServer }) {
      if (!loginServer) throw new Error('Azure answered a registry without its login server.');
      return { id, loginServer };
    },
    note: (existing) => (input.hardened ? undefined : keptHardening({ ...existing }, hardenedRegistry)),
  };
  return input.keptByOthers ? keptByOthers(resource) : resource;
};

/** What a repair keeps of a registry: a PUT replaces the whole. */
const keptSettings = ({ networkRuleSet, publicNetworkAccess, policies, identity, encryption }: Registry) => ({
  ...(networkRuleSet && { networkRuleSet }),
  ...(publicNetworkAccess && { publicNetworkAccess }),
  ...(policies && { policies }),
  ...(identity && { identity }),
  ...(encryption && { encryption }),
});

export const registryImplementation = implement(registry, managed(registryResource));

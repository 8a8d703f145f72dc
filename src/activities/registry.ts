import type { Registry } from '@azure/arm-containerregistry';
import { armClients } from '../azure/arm-clients.ts';
import { submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { registry } from '../deployment/step-contracts.ts';
import { mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
import { immutableLocation } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const registryActivity = stepActivity(registry, (input, resume) => {
  const { resourceGroupName, location, tags, registryName } = input;
  const { registries } = armClients(input.subscriptionId).registries;
  const id = resourceId(input, 'Microsoft.ContainerRegistry/registries', registryName);
  return reconcileResource<Registry, { id: string; loginServer: string }>(
    {
      id,
      usualSeconds: 25,
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
          }),
        ),
      differences(existing) {
        requireEqual(id, immutableLocation(existing, { location }));
        // Who switched the admin user off meant it: only what the request names is compared.
        return tagDifferences(existing.tags, tags);
      },
      update: (existing) =>
        submit(() => registries.update(resourceGroupName, registryName, { tags: mergeTags(existing.tags, tags) })),
      value({ loginServer }) {
        if (!loginServer) throw new Error('Azure answered a registry without its login server.');
        return { id, loginServer };
      },
    },
    resume,
  );
});

/** What a repair keeps of a registry: a PUT replaces the whole. */
const keptSettings = ({ networkRuleSet, publicNetworkAccess, policies, identity, encryption }: Registry) => ({
  ...(networkRuleSet && { networkRuleSet }),
  ...(publicNetworkAccess && { publicNetworkAccess }),
  ...(policies && { policies }),
  ...(identity && { identity }),
  ...(encryption && { encryption }),
});

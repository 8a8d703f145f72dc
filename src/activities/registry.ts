import type { Registry } from '@azure/arm-containerregistry';
import { armClients } from '../azure/arm-clients.ts';
import { submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { registry } from '../deployment/step-contracts.ts';
import { differing, mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
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
            sku: { name: 'Premium' },
            adminUserEnabled: true,
            anonymousPullEnabled: false,
          }),
        ),
      differences(existing) {
        requireEqual(id, immutableLocation(existing, { location }));
        return [
          ...differing({
            'sku.name': [existing.sku.name, 'Premium'],
            adminUserEnabled: [existing.adminUserEnabled ?? false, true],
            anonymousPullEnabled: [existing.anonymousPullEnabled ?? false, false],
          }),
          ...tagDifferences(existing.tags, tags),
        ];
      },
      update: (existing) =>
        submit(() =>
          registries.update(resourceGroupName, registryName, {
            tags: mergeTags(existing.tags, tags),
            sku: { name: 'Premium' },
            adminUserEnabled: true,
            anonymousPullEnabled: false,
          }),
        ),
      value({ loginServer }) {
        if (!loginServer) throw new Error('Azure answered a registry without its login server.');
        return { id, loginServer };
      },
    },
    resume,
  );
});

import type { StorageAccount } from '@azure/arm-storage';
import { armClients } from '../azure/arm-clients.ts';
import { submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { storage } from '../deployment/step-contracts.ts';
import { mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
import { storageImmutables } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const storageActivity = stepActivity(storage, (input, resume) => {
  const { resourceGroupName, location, tags, storageAccountName } = input;
  const { storageAccounts } = armClients(input.subscriptionId).storage;
  const id = resourceId(input, 'Microsoft.Storage/storageAccounts', storageAccountName);
  return reconcileResource<StorageAccount, { id: string }>(
    {
      id,
      usualSeconds: 25,
      invisibleUntilCreated: true,
      get: () => storageAccounts.getProperties(resourceGroupName, storageAccountName),
      provisioningState: ({ provisioningState }) => provisioningState,
      create: (existing) =>
        submit(() =>
          storageAccounts.create(resourceGroupName, storageAccountName, {
            location,
            tags: existing ? mergeTags(existing.tags, tags) : newTags(input),
            sku: { name: 'Standard_ZRS' },
            kind: 'StorageV2',
            encryption: { services: { blob: {} }, keySource: 'Microsoft.Storage' },
            // `az` leaves these to the service, whose defaults have changed; the tutorial's output shows what it got.
            enableHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            ...(existing && keptSettings(existing)),
          }),
        ),
      differences(existing) {
        requireEqual(id, storageImmutables(existing, input));
        return tagDifferences(existing.tags, tags);
      },
      async update(existing) {
        const body = { tags: mergeTags(existing.tags, tags) };
        const result = await storageAccounts.update(resourceGroupName, storageAccountName, body);
        return { result, operation: undefined };
      },
      value: () => ({ id }),
    },
    resume,
  );
});

/** What a repair keeps of an account: a PUT sets the rest to the service's defaults. */
const keptSettings = ({ networkRuleSet, minimumTlsVersion, allowSharedKeyAccess, accessTier }: StorageAccount) => ({
  ...(networkRuleSet && { networkRuleSet }),
  ...(minimumTlsVersion && { minimumTlsVersion }),
  ...(allowSharedKeyAccess !== undefined && { allowSharedKeyAccess }),
  ...(accessTier && { accessTier }),
});

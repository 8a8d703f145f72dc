import type { StorageAccount } from '@azure/arm-storage';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { hardenedStorage } from '../deployment/profile/hardening.ts';
import { storage } from '../steps/storage.ts';
import { implement } from './implement.ts';
import { desiredDifferences, mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { storageImmutables } from './reconcile/immutables.ts';
import { keptHardening } from './reconcile/kept-hardening.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';

export const storageResource = (
  input: z.infer<typeof storage.input>,
): ManagedResource<StorageAccount, z.infer<typeof storage.value>> => {
  const { resourceGroupName, location, tags, storageAccountName } = input;
  const { storageAccounts } = armClients(input.subscriptionId).storage;
  const id = resourceId(input, 'Microsoft.Storage/storageAccounts', storageAccountName);
  const hardened = input.hardened ? hardenedStorage : {};
  return {
    id,
    usualSeconds: storage.usualSeconds.create,
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
          ...hardened,
        }),
      ),
    immutables: (existing) => storageImmutables(existing, input),
    differences: (existing) => [...desiredDifferences(existing, hardened), ...tagDifferences(existing.tags, tags)],
    async update(existing) {
      const body = { tags: mergeTags(existing.tags, tags), ...hardened };
      const result = await storageAccounts.update(resourceGroupName, storageAccountName, body);
      return { result, operation: undefined };
    },
    value: () => ({ id }),
    note: ({ allowSharedKeyAccess }) =>
      input.hardened
        ? undefined
        : keptHardening({ allowSharedKeyAccess }, { allowSharedKeyAccess: hardenedStorage.allowSharedKeyAccess }),
  };
};

/** What a repair keeps of an account: a PUT sets the rest to the service's defaults. */
const keptSettings = ({ allowSharedKeyAccess, ...existing }: StorageAccount) => {
  const { networkRuleSet, publicNetworkAccess, minimumTlsVersion, accessTier } = existing;
  const { encryption, identity, sasPolicy, keyPolicy } = existing;
  return {
    ...(networkRuleSet && { networkRuleSet }),
    ...(publicNetworkAccess && { publicNetworkAccess }),
    ...(minimumTlsVersion && { minimumTlsVersion }),
    ...(allowSharedKeyAccess !== undefined && { allowSharedKeyAccess }),
    ...(accessTier && { accessTier }),
    ...(encryption && { encryption }),
    ...(identity && { identity }),
    ...(sasPolicy && { sasPolicy }),
    ...(keyPolicy && { keyPolicy }),
  };
};

export const storageImplementation = implement(storage, managed(storageResource));

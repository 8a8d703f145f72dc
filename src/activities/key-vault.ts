import type { AccessPolicyEntry, KeyVaultManagementClient, Vault } from '@azure/arm-keyvault';
import { armClients } from '../azure/arm-clients.ts';
import { appIdentity } from '../azure/credential.ts';
import { findOrUndefined } from '../azure/not-found.ts';
import { type Submitted, submit } from '../azure/submit.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { keyVault } from '../deployment/step-contracts.ts';
import { differing, mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
import { immutableLocation } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

const CALLER_POLICY = 'accessPolicies.caller';

export const keyVaultActivity = stepActivity(keyVault, async (input, resume) => {
  const { resourceGroupName, location, tags, keyVaultName, tenantId } = input;
  const { vaults } = armClients(input.subscriptionId).vaults;
  const id = resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName);
  const callerPolicy = policyOfCaller(tenantId, (await appIdentity()).objectId);

  return reconcileResource(
    {
      id,
      usualSeconds: 25,
      get: () => vaults.get(resourceGroupName, keyVaultName),
      provisioningState: ({ properties }) => properties.provisioningState,
      async create(existing) {
        const recover = !existing && (await isSoftDeleted(vaults, keyVaultName, location, id));
        const accessPolicies = existing?.properties.accessPolicies ?? [callerPolicy];
        const mode = recover ? { createMode: 'recover' as const } : { accessPolicies };
        return submit(() =>
          vaults.createOrUpdate(resourceGroupName, keyVaultName, {
            location,
            tags: existing ? mergeTags(existing.tags, tags) : newTags(input),
            properties: { ...standardProperties(tenantId), ...mode },
          }),
        );
      },
      differences(vault) {
        requireEqual(id, immutableLocation(vault, { location }));
        const { enableRbacAuthorization = false, accessPolicies = [] } = vault.properties;
        return [
          ...differing({
            enableRbacAuthorization: [enableRbacAuthorization, false],
            [CALLER_POLICY]: [accessPolicies.some((policy) => covers(policy, callerPolicy)), true],
          }),
          ...tagDifferences(vault.tags, tags),
        ];
      },
      async update(vault, differences): Promise<Submitted<Vault>> {
        if (differences.includes(CALLER_POLICY)) {
          // Unlike a PUT of the vault this merges: policies that others added stay.
          await vaults.updateAccessPolicy(resourceGroupName, keyVaultName, 'add', {
            properties: { accessPolicies: [callerPolicy] },
          });
        }
        const result = await vaults.update(resourceGroupName, keyVaultName, {
          tags: mergeTags(vault.tags, tags),
          properties: { enableRbacAuthorization: false },
        });
        return { result, operationUrl: undefined };
      },
      value(vault) {
        const { vaultUri } = vault.properties;
        if (!vaultUri) throw new Error('Azure answered a vault without its URI.');
        return { id, uri: vaultUri };
      },
    },
    resume,
  );
});

/** What `az keyvault create --enable-rbac-authorization false` sends. RBAC is said outright: since API 2026-02-01 it is the default. */
const standardProperties = (tenantId: string) => ({
  tenantId,
  sku: { family: 'A', name: 'standard' as const },
  enableRbacAuthorization: false,
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
});

const policyOfCaller = (tenantId: string, objectId: string): AccessPolicyEntry => ({
  tenantId,
  objectId,
  permissions: { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] },
});

const covers = (policy: AccessPolicyEntry, wanted: AccessPolicyEntry): boolean =>
  policy.objectId.toLowerCase() === wanted.objectId.toLowerCase() &&
  policy.permissions.secrets?.some((permission) => permission.toLowerCase() === 'all') === true;

/** Whether this very vault was deleted and can still be recovered, which is the normal case after an undo: names stay reserved for 90 days. */
const isSoftDeleted = async (
  vaults: KeyVaultManagementClient['vaults'],
  name: string,
  location: string,
  id: string,
): Promise<boolean> => {
  const deleted = await findOrUndefined(vaults.getDeleted(name, location));
  return deleted?.properties?.vaultId?.toLowerCase() === id.toLowerCase();
};

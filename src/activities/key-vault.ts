import type { AccessPolicyEntry, Vault, VaultProperties } from '@azure/arm-keyvault';
import { isRestError } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { appIdentity } from '../azure/credential.ts';
import { currentExchange } from '../azure/exchange.ts';
import { AzureOperationError, toAzureFailure } from '../azure/failures/azure-failure.ts';
import { findDeletedVault } from '../azure/readings/find-deleted-vault.ts';
import { type Submitted, submit } from '../azure/submit.ts';
import { deletedConsentRemedy } from '../deployment/names/consent.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { hardenedVault } from '../deployment/profile/hardening.ts';
import { keyVault } from '../steps/key-vault.ts';
import { implement } from './implement.ts';
import { desiredDifferences, differing, mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { immutableLocation } from './reconcile/immutables.ts';
import { keptByOthers } from './reconcile/kept-by-others.ts';
import { keptHardening } from './reconcile/kept-hardening.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';
import { requireConsent } from './reconcile/require-consent.ts';

const CALLER_POLICY = 'accessPolicies.caller';

/** @param callerObjectId - the service's own identity, which gets a policy as the caller of `az keyvault create` does. */
export const keyVaultResource = (
  input: z.infer<typeof keyVault.input>,
  callerObjectId: string,
): ManagedResource<Vault, z.infer<typeof keyVault.value>> => {
  const { resourceGroupName, location, tags, keyVaultName, tenantId } = input;
  const { vaults } = armClients(input.subscriptionId).vaults;
  const id = resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName);
  const callerPolicy = policyOfCaller(tenantId, callerObjectId);
  const hardened = input.hardened ? hardenedVault : {};

  const resource: ManagedResource<Vault, z.infer<typeof keyVault.value>> = {
    id,
    usualSeconds: keyVault.usualSeconds.create,
    get: () => vaults.get(resourceGroupName, keyVaultName),
    provisioningState: ({ properties }) => properties.provisioningState,
    isRecoverable: async () => (await findDeletedVault({ ...input, id })) !== undefined,
    async create(existing) {
      const put = (properties: VaultProperties) => {
        const tagged = existing ? mergeTags(existing.tags, tags) : newTags(input);
        const body = { location, tags: tagged, properties };
        return submit(() => vaults.createOrUpdate(resourceGroupName, keyVaultName, body));
      };
      if (existing) return put({ ...repairedProperties(existing), ...hardened });
      const properties = { ...standardProperties(tenantId, input.hardened ? [] : [callerPolicy]), ...hardened };
      try {
        return await put(properties);
      } catch (error) {
        if (!isSoftDeleted(error)) throw error;
        // Taken down now: the next request's answer takes its place in the exchange.
        const refusal = toAzureFailure(error, currentExchange());
        const deleted = await findDeletedVault({ ...input, id });
        if (!deleted) throw new AzureOperationError(refusal);
        // It comes back with its secrets, and everybody who had access has it again.
        requireConsent(input.consent, id, deleted.properties?.tags, deletedConsentRemedy);
      }
      // Nothing but what `az keyvault recover` sends: it comes back as hardened as it was, and is then compared with the request.
      const { sku } = properties;
      return { ...(await put({ tenantId, sku, createMode: 'recover' })), recovered: true };
    },
    immutables: (vault) => immutableLocation(vault, input),
    differences(vault) {
      const { enableRbacAuthorization, accessPolicies = [] } = vault.properties;
      // In a vault that somebody moved to RBAC policies have no effect, and moving it back would shut its users out.
      const covered =
        input.hardened || enableRbacAuthorization || accessPolicies.some((policy) => covers(policy, callerPolicy));
      return [
        ...desiredDifferences(vault.properties, hardened),
        ...differing({ [CALLER_POLICY]: [covered ? 'set' : 'not set', 'set'] }),
        ...tagDifferences(vault.tags, tags),
      ];
    },
    async update(vault, differences): Promise<Submitted<Vault>> {
      if (differences.some(({ property }) => property === CALLER_POLICY)) {
        // Unlike a PUT of the vault this merges: policies that others added stay.
        await vaults.updateAccessPolicy(resourceGroupName, keyVaultName, 'add', {
          properties: { accessPolicies: [callerPolicy] },
        });
      }
      const result = await vaults.update(resourceGroupName, keyVaultName, {
        tags: mergeTags(vault.tags, tags),
        ...(input.hardened && { properties: hardened }),
      });
      return { result, operation: undefined };
    },
    value(vault) {
      const { vaultUri } = vault.properties;
      if (!vaultUri) throw new Error('Azure answered a vault without its URI.');
      return { id, uri: vaultUri };
    },
    note: ({ properties }, changing) =>
      input.hardened ? noteOnHardening(properties, changing) : keptHardening({ ...properties }, hardenedVault),
  };
  return input.keptByOthers ? keptByOthers(resource) : resource;
};

/** What `az keyvault create --enable-rbac-authorization false` sends. RBAC is said outright: since API 2026-02-01 it is the default. */
const standardProperties = (tenantId: string, accessPolicies: AccessPolicyEntry[]): VaultProperties => ({
  tenantId,
  sku: { family: 'A', name: 'standard' },
  enableRbacAuthorization: false,
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
  accessPolicies,
});

/** Who loses access to a vault that is moved to RBAC, and what cannot be taken back. */
const noteOnHardening = ({ accessPolicies = [] }: VaultProperties, changing: readonly string[]): string | undefined => {
  const holders = [...new Set(accessPolicies.map(({ objectId }) => objectId))];
  const notes = [
    ...(changing.includes('enableRbacAuthorization') && holders.length > 0
      ? [
          `The access policies have no effect any more: of ${holders.join(', ')} gets in only who has a role; the deployment gives one to its managed identity alone.`,
        ]
      : []),
    ...(changing.includes('enablePurgeProtection') ? ['Purge protection cannot be switched off again.'] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
};

/** A repair sends what is there: a PUT replaces the whole, firewall and policies too. */
const repairedProperties = ({ properties }: Vault): VaultProperties => {
  const { provisioningState: _, vaultUri: __, ...kept } = properties;
  return kept;
};

const policyOfCaller = (tenantId: string, objectId: string): AccessPolicyEntry => ({
  tenantId,
  objectId,
  permissions: { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] },
});

const covers = (policy: AccessPolicyEntry, wanted: AccessPolicyEntry): boolean =>
  policy.objectId.toLowerCase() === wanted.objectId.toLowerCase() &&
  policy.permissions.secrets?.some((permission) => permission.toLowerCase() === 'all') === true;

/** A vault of this name was deleted and can still be recovered: the normal case after an undo, as names stay reserved for 90 days. */
const isSoftDeleted = (error: unknown): boolean =>
  isRestError(error) && error.statusCode === 409 && /deleted state|recoverable state/i.test(error.message);

export const keyVaultImplementation = implement(
  keyVault,
  managed(async (input) => keyVaultResource(input, (await appIdentity()).objectId)),
);

import { z } from 'zod';
import { GROUP, type Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, listRoutes, sameLocation, systemData } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { at, type Json, toJson, toObject } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { policiesOf, withoutPolicies, withPolicies } from './access-policies.ts';
import type { KeyVaultWorld, VaultRequest } from './key-vault-world.ts';
import { checkPermissionModel } from './permission-model.ts';
import { restoreSecretResources } from './secret-resource.ts';
import { checkVaultName, nameAvailability } from './vault-names.ts';
import {
  accessPolicySchema,
  refuseVaultIssue,
  type VaultProperties,
  vaultPatchSchema,
  vaultSchema,
} from './vault-schema.ts';

export const VAULT_TYPE = 'Microsoft.KeyVault/vaults';
export const VAULT_PATH = `${GROUP}/providers/${VAULT_TYPE}/{vault}`;

export const vaultId = (request: VaultRequest): string =>
  `${request.groupId}/providers/${VAULT_TYPE}/${request.parameter('vault')}`;

/** RBAC became the default with 2026-02-01 (learn.microsoft.com, Key Vault: access control default). */
const rbacByDefault = (request: VaultRequest): boolean => request.apiVersion >= '2026-02-01';

type GivenLimits = { [K in 'softDeleteRetentionInDays' | 'enablePurgeProtection']?: VaultProperties[K] | undefined };

const checkProperties = (given: GivenLimits, before: Resource | undefined): void => {
  const days = given.softDeleteRetentionInDays;
  const refuse = (message: string): never => {
    throw new HttpError(400, 'BadRequest', message);
  };
  if (typeof days === 'number') {
    if (days < 7 || days > 90)
      refuse('The parameter softDeleteRetentionInDays is out of range: it must be between 7 and 90.'); // text unverified
    if (before && at(before.properties, 'softDeleteRetentionInDays') !== days) {
      refuse('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.'); // text unverified
    }
  }
  if (given.enablePurgeProtection === false) {
    // Azure/azure-rest-api-specs issue 18106.
    refuse(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
};

const propertiesOf = (
  request: VaultRequest,
  given: VaultProperties,
  before: Resource | undefined,
): Resource['properties'] => {
  const old = before?.properties ?? {};
  const purgeProtection = given.enablePurgeProtection ?? at(old, 'enablePurgeProtection');
  const acls = given.networkAcls ?? at(old, 'networkAcls');
  return {
    sku: { ...given.sku },
    tenantId: given.tenantId,
    ...(acls && { networkAcls: { ipRules: [], virtualNetworkRules: [], ...toObject(acls) } }),
    accessPolicies: toJson(given.accessPolicies ?? []),
    enabledForDeployment: given.enabledForDeployment ?? false,
    enabledForDiskEncryption: given.enabledForDiskEncryption ?? false,
    enabledForTemplateDeployment: given.enabledForTemplateDeployment ?? false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: given.softDeleteRetentionInDays ?? at(old, 'softDeleteRetentionInDays') ?? 90,
    enableRbacAuthorization:
      given.enableRbacAuthorization ?? at(old, 'enableRbacAuthorization') ?? rbacByDefault(request),
    ...(purgeProtection === true && { enablePurgeProtection: true }),
    publicNetworkAccess: given.publicNetworkAccess ?? at(old, 'publicNetworkAccess') ?? 'Enabled',
    vaultUri:
      at(old, 'vaultUri') ?? `https://${request.parameter('vault').toLowerCase()}.${request.cloud.vaultSuffix}/`,
    provisioningState: at(old, 'provisioningState') === 'Succeeded' ? 'Succeeded' : 'RegisteringDns',
  };
};

const put = (request: VaultRequest): Answer => {
  const { world } = request;
  const body = request.content(vaultSchema, refuseVaultIssue);
  const name = request.parameter('vault');
  const id = vaultId(request);
  const location = request.location(body.location, VAULT_TYPE);
  const before = world.resources.get(id);
  const deleted = checkVaultName(request, body.properties.createMode === 'recover', location);
  if (deleted) return recover(request, { ...deleted, tags: body.tags ?? deleted.tags ?? {} });
  if (body.properties.createMode !== 'recover' && !body.properties.accessPolicies) {
    throw new HttpError(400, 'ParameterNotSpecified', 'The parameter accessPolicies is not specified.');
  }
  sameLocation(request, before, location);
  checkProperties(body.properties, before);
  checkPermissionModel(request, body.properties.enableRbacAuthorization, before);
  if (!before) world.vaultSecrets.forgetVault(name);
  const vault = world.resources.put({
    id: before?.id ?? id,
    name: before?.name ?? name,
    type: VAULT_TYPE,
    location,
    tags: body.tags ?? {},
    systemData: systemData(request, before),
    properties: propertiesOf(request, body.properties, before),
  });
  if (!before) register(request, vault, 'create');
  else if (at(before.properties, 'provisioningState') === 'Failed') register(request, vault, 'update');
  // 200, not 201, and no header: the state of the vault itself shows when it is done.
  return json(200, vault);
};

const register = (request: VaultRequest, vault: Resource, operation: string): void => {
  const done = (provisioningState: string) => ({
    do: 'merge' as const,
    id: vault.id,
    properties: { provisioningState },
  });
  request.start({
    resourceId: vault.id,
    operation,
    durationMs: request.world.durationMs(DURATIONS.vault, vault.id, operation),
    success: [done('Succeeded')],
    failure: [done('Failed')],
  });
};

const recover = (request: VaultRequest, deleted: Resource): Answer => {
  const { world } = request;
  world.deletedVaults.remove(deleted.name);
  const vault = world.resources.put({
    ...deleted,
    properties: { ...deleted.properties, provisioningState: 'RegisteringDns' },
  });
  restoreSecretResources(world, vault);
  register(request, vault, 'recover');
  return json(200, vault);
};

const patch = (request: VaultRequest): Answer => {
  const { tags, properties = {} } = request.content(vaultPatchSchema, refuseVaultIssue);
  const vault = existing(request, vaultId(request), VAULT_TYPE);
  checkProperties(properties, vault);
  checkPermissionModel(request, properties.enableRbacAuthorization, vault);
  const { createMode: _, ...changes } = properties;
  const given = Object.fromEntries(Object.entries(toObject(changes)).filter(([, value]) => value !== null));
  const updated = { ...vault.properties, ...given };
  return json(200, request.world.resources.put({ ...vault, ...(tags && { tags }), properties: updated }));
};

const remove = (request: VaultRequest): Answer => {
  const vault = request.world.resources.get(vaultId(request));
  if (!vault) return empty(204);
  request.world.removeResource(vault.id, request.now);
  return empty(200);
};

const policiesSchema = z.looseObject({ properties: z.looseObject({ accessPolicies: z.array(accessPolicySchema) }) });

const changePolicies = (request: VaultRequest): Answer => {
  const given = request.content(policiesSchema, refuseVaultIssue).properties.accessPolicies;
  const vault = existing(request, vaultId(request), VAULT_TYPE);
  const kind = request.parameter('kind').toLowerCase();
  const before = policiesOf(vault);
  const changes: Record<string, () => unknown> = {
    add: () => withPolicies(before, given),
    replace: () => given,
    remove: () => withoutPolicies(before, given),
  };
  const change = changes[kind];
  if (!change)
    throw new HttpError(400, 'BadRequest', `The access policy operation '${kind}' is invalid: add, replace or remove.`);
  const accessPolicies: Json = toJson(change());
  request.world.resources.put({ ...vault, properties: { ...vault.properties, accessPolicies } });
  return json(200, {
    id: `${vault.id}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    location: vault.location,
    properties: { accessPolicies },
  });
};

/** Key vaults: created synchronously but for their DNS name; soft-deleted when they go. */
export const VAULT_ROUTES: Route<KeyVaultWorld>[] = [
  ...routesOf({ type: VAULT_TYPE, path: VAULT_PATH }, [
    { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
    { method: 'PATCH', seconds: DURATIONS.vaultUpdate, handle: patch },
    { method: 'DELETE', seconds: DURATIONS.vaultUpdate, handle: remove },
    { method: 'GET', handle: (request) => json(200, existing(request, vaultId(request), VAULT_TYPE)) },
  ]),
  ...routesOf(
    { type: VAULT_TYPE, path: `${VAULT_PATH}/accessPolicies/{kind}`, resource: `${VAULT_TYPE}/accessPolicies` },
    [{ method: 'PUT', seconds: DURATIONS.accessPolicy, handle: changePolicies }],
  ),
  {
    method: 'POST',
    path: '/subscriptions/{subscription}/providers/Microsoft.KeyVault/checkNameAvailability',
    type: VAULT_TYPE,
    action: 'Microsoft.KeyVault/checkNameAvailability/read',
    handle: (request) => json(200, nameAvailability(request)),
  },
  ...listRoutes(VAULT_TYPE),
];

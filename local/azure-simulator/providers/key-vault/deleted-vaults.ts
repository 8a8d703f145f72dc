import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { normalLocation } from '../../base/clouds.ts';
import { DURATIONS } from '../../base/durations.ts';
import { at, type JsonObject } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { isWithin, subscriptionOf } from '../../state/resource-id.ts';
import type { KeyVaultWorld, VaultRequest } from './key-vault-world.ts';
import type { DeletedVault } from './soft-deleted-vaults.ts';

const TYPE = 'Microsoft.KeyVault/deletedVaults';
const PATH = `${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/{location}`;

const show = ({ vault, deletedAt, purgeAt }: DeletedVault): JsonObject => ({
  id: `${subscriptionOf(vault.id)}/providers/Microsoft.KeyVault/locations/${vault.location}/deletedVaults/${vault.name}`,
  name: vault.name,
  type: TYPE,
  properties: {
    vaultId: vault.id,
    location: vault.location,
    tags: vault.tags ?? {},
    deletionDate: new Date(deletedAt).toISOString(),
    scheduledPurgeDate: new Date(purgeAt).toISOString(),
    ...(at(vault.properties, 'enablePurgeProtection') === true && { purgeProtectionEnabled: true }),
  },
});

/** Only the subscription's own deleted vaults can be found. */
const find = (request: VaultRequest): DeletedVault => {
  const name = request.parameter('vault');
  const found = request.world.deletedVaults.get(name, request.now);
  const own = found && isWithin(found.vault.id, request.subscriptionPath);
  if (own && found.vault.location === normalLocation(request.parameter('location'))) return found;
  // Code: from memory, unverified.
  throw new HttpError(404, 'DeletedVaultNotFound', `The specified deleted vault '${name}' does not exist.`);
};

const resultUrl = (request: VaultRequest, id: string): Record<string, string> => ({
  location: request.operationUrl(
    `${request.subscriptionPath}/providers/Microsoft.KeyVault/locations/${request.parameter('location')}/operationResults/${id}`,
  ),
  'retry-after': '10',
});

const purge = (request: VaultRequest): Answer => {
  const { vault } = find(request);
  if (at(vault.properties, 'enablePurgeProtection') === true) {
    // Code and text: microsoft/AzureTRE issue 1446. Status: unverified.
    throw new HttpError(405, 'MethodNotAllowed', "Operation 'DeletedVaultPurge' is not allowed.");
  }
  const operation =
    request.world.operations.underWay(`${vault.id}/purge`, request.now) ??
    request.start({
      resourceId: `${vault.id}/purge`,
      operation: 'purge',
      durationMs: request.world.durationMs(DURATIONS.vaultPurge, vault.id, 'purge'),
      success: [request.world.deletedVaults.purge({ vault: vault.name })],
    });
  return empty(202, resultUrl(request, operation.id));
};

const purgeResult = (request: VaultRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.KeyVault');
  return hasSucceeded(request, operation) ? empty(200) : empty(202, resultUrl(request, operation.id));
};

const list = (request: VaultRequest): Answer => {
  const own = request.world.deletedVaults
    .list(request.now)
    .filter(({ vault }) => isWithin(vault.id, request.subscriptionPath));
  return listOf(own.map(show));
};

/** Vaults that can still be recovered, and their purge. */
export const DELETED_VAULT_ROUTES: Route<KeyVaultWorld>[] = [
  {
    method: 'GET',
    path: `${PATH}/deletedVaults/{vault}`,
    type: TYPE,
    action: 'Microsoft.KeyVault/locations/deletedVaults/read',
    handle: (request) => json(200, show(find(request))),
  },
  {
    method: 'POST',
    path: `${PATH}/deletedVaults/{vault}/purge`,
    type: TYPE,
    action: 'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    seconds: DURATIONS.accepted,
    handle: purge,
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/${TYPE}`,
    type: TYPE,
    action: 'Microsoft.KeyVault/deletedVaults/read',
    handle: list,
  },
  {
    method: 'GET',
    path: `${PATH}/operationResults/{operation}`,
    type: TYPE,
    action: 'Microsoft.KeyVault/locations/operationResults/read',
    handle: purgeResult,
  },
];

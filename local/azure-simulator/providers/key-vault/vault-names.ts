import { z } from 'zod';
import type { JsonObject } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { isWithin } from '../../state/resource-id.ts';
import type { VaultRequest } from './key-vault-world.ts';
import { refuseVaultIssue } from './vault-schema.ts';

const VALID = /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/;

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const alreadyInUse = (name: string): string =>
  `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`;

/**
 * Checks that a vault may have the name of the request.
 *
 * @returns the soft-deleted vault to bring back, when that is asked for and needed.
 * @throws HttpError 400 VaultNameNotValid, 409 VaultAlreadyExists, 409 ConflictError, 404 SoftDeletedVaultDoesNotExist.
 */
export const checkVaultName = (request: VaultRequest, recover: boolean, location: string): Resource | undefined => {
  const { world } = request;
  const name = request.parameter('vault');
  if (!VALID.test(name)) {
    throw new HttpError(
      400,
      'VaultNameNotValid',
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
    );
  }
  const live = world.resources.ofType('Microsoft.KeyVault/vaults').find((vault) => sameName(vault.name, name));
  if (live && isWithin(live.id, request.groupId)) return undefined;
  const taken = world.settings.values.takenNames.vaults.some((other) => sameName(other, name));
  const deleted = world.deletedVaults.get(name, request.now)?.vault;
  if (live || taken || (deleted && !isWithin(deleted.id, request.subscriptionPath))) {
    throw new HttpError(409, 'VaultAlreadyExists', alreadyInUse(name));
  }
  if (deleted && !recover) {
    throw new HttpError(
      409,
      'ConflictError',
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.',
    );
  }
  if (deleted && world.operations.underWay(`${deleted.id}/purge`, request.now)) {
    // Text: from memory, unverified.
    throw new HttpError(
      409,
      'ConflictError',
      `A conflict occurred: the vault '${name}' is being purged by another operation.`,
    );
  }
  if (!recover) return undefined;
  if (deleted && isWithin(deleted.id, request.groupId) && deleted.location === location) return deleted;
  // Code and text: from memory, unverified.
  throw new HttpError(
    404,
    'SoftDeletedVaultDoesNotExist',
    'A soft deleted vault with the given name does not exist. Ensure that the name for the vault that is being attempted to recover is in a recoverable state. For more information on soft delete please follow this link https://go.microsoft.com/fwlink/?linkid=2149745',
  );
};

const checkSchema = z.looseObject({ name: z.string(), type: z.literal('Microsoft.KeyVault/vaults') });

/** Says "not available" for one's own vaults and soft-deleted ones too, as the service does. */
export const nameAvailability = (request: VaultRequest): JsonObject => {
  const { name } = request.content(checkSchema, refuseVaultIssue);
  const { resources, deletedVaults, settings } = request.world;
  if (!VALID.test(name)) {
    return { nameAvailable: false, reason: 'AccountNameInvalid', message: `The vault name '${name}' is invalid.` };
  }
  const used =
    resources.ofType('Microsoft.KeyVault/vaults').some((vault) => sameName(vault.name, name)) ||
    settings.values.takenNames.vaults.some((other) => sameName(other, name)) ||
    deletedVaults.get(name, request.now) !== undefined;
  return used
    ? { nameAvailable: false, reason: 'AlreadyExists', message: alreadyInUse(name) }
    : { nameAvailable: true };
};

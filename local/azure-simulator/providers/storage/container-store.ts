import { DURATIONS } from '../../base/durations.ts';
import { at, type JsonObject, merged } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Operation } from '../../state/operation.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../state/world.ts';
import { ACCOUNT_TYPE } from './account-id.ts';

export const CONTAINER_TYPE = `${ACCOUNT_TYPE}/blobServices/containers`;

export const containerId = (accountId: string, name: string): string =>
  `${accountId}/blobServices/default/containers/${name}`;

/** learn.microsoft.com, Naming and referencing containers: 3 to 63 of them, no two dashes in a row. */
const isContainerName = (name: string): boolean =>
  /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(name) || ['$root', '$web', '$logs'].includes(name);

/** @throws HttpError 400 InvalidResourceName, misspelt as in Azure (Azure/azure-cli issue 12496). */
export const checkContainerName = (name: string): void => {
  if (isContainerName(name)) return;
  throw new HttpError(400, 'InvalidResourceName', 'The specifed resource name contains invalid characters.');
};

/** @throws HttpError 404 ContainerNotFound. */
export const existingContainer = (world: World, id: string): Resource => {
  const found = world.resources.get(id);
  if (found) return found;
  throw new HttpError(404, 'ContainerNotFound', 'The specified container does not exist.');
};

/**
 * Creates or changes a container, whichever way the request came. Errors are those of the blob service itself.
 *
 * @param given - properties as Resource Manager writes them.
 * @throws HttpError 409 PublicAccessNotPermitted, 409 ContainerBeingDeleted.
 */
export const writeContainer = (world: World, account: Resource, name: string, given: JsonObject): Resource => {
  const access = at(given, 'publicAccess') ?? 'None';
  if (access !== 'None' && account.properties.allowBlobPublicAccess !== true) {
    throw new HttpError(409, 'PublicAccessNotPermitted', 'Public access is not permitted on this storage account.');
  }
  const id = containerId(account.id, name);
  const before = world.resources.get(id);
  if (!before && world.operations.underWay(id, world.now())) {
    throw new HttpError(409, 'ContainerBeingDeleted', 'The specified container is being deleted. Try operation later.');
  }
  const defaults: JsonObject = before?.properties ?? {
    deleted: false,
    remainingRetentionDays: 0,
    defaultEncryptionScope: '$account-encryption-key',
    denyEncryptionScopeOverride: false,
    publicAccess: 'None',
    leaseStatus: 'Unlocked',
    leaseState: 'Available',
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
  };
  return world.resources.put({
    id: before?.id ?? id,
    name,
    type: CONTAINER_TYPE,
    properties: merged(defaults, {
      ...given,
      lastModifiedTime: new Date(world.now()).toISOString(),
      etag: `"0x${world.seeded.hex(id, `etag ${world.operations.numberOf(id)}`, 15).toUpperCase()}"`,
    }),
  });
};

/** Removes a container; its name is free again after a while. @returns what to start: the time until then. */
export const removeContainer = (world: World, id: string): Pick<Operation, 'resourceId'> & { durationMs: number } => {
  world.removeResource(id, world.now());
  return { resourceId: id, durationMs: world.durationMs(DURATIONS.containerDelete, id, 'delete') };
};

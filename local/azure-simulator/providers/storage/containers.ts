import { z } from 'zod';
import { type Answer, empty, json, listOf } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { DURATIONS } from '../../durations.ts';
import { at, type JsonObject, merged, toObject } from '../../json.ts';
import type { Resource } from '../../state/resource.ts';
import { existing, parent } from '../common.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_PATH } from './accounts.ts';

const TYPE = `${ACCOUNT_TYPE}/blobServices/containers`;
const PATH = `${ACCOUNT_PATH}/blobServices/default/containers`;

const schema = z.looseObject({
  properties: z
    .looseObject({
      publicAccess: z.enum(['Container', 'Blob', 'None']).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

const idOf = (request: ArmRequest): string =>
  `${accountId(request)}/blobServices/default/containers/${request.parameter('container')}`;

const show = ({ id, name, properties }: Resource): JsonObject => ({
  id,
  name,
  type: TYPE,
  etag: properties.etag,
  properties,
});

const find = (request: ArmRequest): Resource => {
  existing(request, accountId(request), ACCOUNT_TYPE);
  const container = request.world.resources.get(idOf(request));
  if (container) return container;
  throw storageError(request, 404, 'ContainerNotFound', 'The specified container does not exist.');
};

/** An error of the blob service, which the provider passes on. */
const storageError = (request: ArmRequest, status: number, code: string, message: string): ArmError =>
  new ArmError(
    status,
    code,
    `${message}\nRequestId:${request.headers['x-ms-client-request-id'] ?? ''}\nTime:${request.timestamp}`,
  );

const write = (request: ArmRequest): Answer => {
  const given = toObject(request.body === undefined ? {} : request.content(schema).properties);
  const account = parent(request, accountId(request), ACCOUNT_TYPE, TYPE);
  const name = request.parameter('container');
  if (!/^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(name) && !['$root', '$web', '$logs'].includes(name)) {
    // Azure/azure-cli issue 11052, of the blob service itself: through Resource Manager the code is unverified.
    throw storageError(request, 400, 'InvalidResourceName', 'The specifed resource name contains invalid characters.');
  }
  const access = at(given, 'publicAccess');
  if (
    access !== undefined &&
    access !== null &&
    access !== 'None' &&
    account.properties.allowBlobPublicAccess !== true
  ) {
    // pivotal/paving issue 89, of the blob service itself.
    throw storageError(
      request,
      409,
      'PublicAccessNotPermitted',
      'Public access is not permitted on this storage account.',
    );
  }
  const { world } = request;
  const id = idOf(request);
  const before = world.resources.get(id);
  if (request.method === 'PATCH') find(request);
  if (!before && world.operations.underWay(id, request.now)) {
    // Azure/azure-rest-api-specs issue 30456; ContainerBeingDeleted is what the data plane calls it.
    throw storageError(
      request,
      409,
      'ContainerOperationFailure',
      'The specified container is being deleted. Try operation later.',
    );
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
  const container = world.resources.put({
    id: before?.id ?? id,
    name,
    type: TYPE,
    properties: merged(defaults, {
      ...given,
      lastModifiedTime: request.timestamp,
      etag: `"0x${world.seeded.hex(id, `etag ${world.operations.numberOf(id)}`, 15).toUpperCase()}"`,
    }),
  });
  return json(before ? 200 : 201, show(container));
};

const remove = (request: ArmRequest): Answer => {
  const { world } = request;
  const id = idOf(request);
  if (!world.resources.get(id)) return empty(204);
  world.removeResource(id, request.now);
  const durationMs = world.durationMs(DURATIONS.containerDelete, id, 'delete');
  request.start({ resourceId: id, operation: 'delete', durationMs, success: [] });
  return empty(200);
};

/** Blob containers through Resource Manager: no account key needed. */
export const CONTAINER_ROUTES: Route[] = [
  {
    method: 'PUT',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${TYPE}/write`,
    seconds: DURATIONS.container,
    handle: write,
  },
  {
    method: 'PATCH',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${TYPE}/write`,
    seconds: DURATIONS.container,
    handle: write,
  },
  {
    method: 'DELETE',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${TYPE}/delete`,
    seconds: DURATIONS.container,
    handle: remove,
  },
  {
    method: 'GET',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${TYPE}/read`,
    handle: (request) => json(200, show(find(request))),
  },
  {
    method: 'GET',
    path: PATH,
    type: ACCOUNT_TYPE,
    action: `${TYPE}/read`,
    handle: (request) => {
      const account = parent(request, accountId(request), ACCOUNT_TYPE, TYPE);
      return listOf(
        request.world.resources
          .below(account.id)
          .filter(({ type }) => type === TYPE)
          .map(show),
      );
    },
  },
];

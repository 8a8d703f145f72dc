import { z } from 'zod';
import { type Answer, empty, json, listOf } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { DURATIONS } from '../../durations.ts';
import { at, type JsonObject, jsonObject, merged } from '../../json.ts';
import type { Resource } from '../../state/resource.ts';
import { existing, parent } from '../common.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_PATH } from './accounts.ts';

const TYPE = `${ACCOUNT_TYPE}/blobServices/containers`;
const PATH = `${ACCOUNT_PATH}/blobServices/default/containers`;

const schema = z.looseObject({ properties: jsonObject.nullish() });

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
  throw new ArmError(
    404,
    'ContainerNotFound',
    `The specified container does not exist.\nRequestId:${request.headers['x-ms-client-request-id'] ?? ''}\nTime:${request.timestamp}`,
  );
};

const write = (request: ArmRequest): Answer => {
  const given = (request.body === undefined ? {} : request.content(schema).properties) ?? {};
  const account = parent(request, accountId(request), ACCOUNT_TYPE, TYPE);
  const name = request.parameter('container');
  if (!/^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(name) && !['$root', '$web', '$logs'].includes(name)) {
    throw new ArmError(
      400,
      'ContainerOperationFailure',
      `The specified resource name contains invalid characters: ${name}.`,
    );
  }
  const access = at(given, 'publicAccess');
  if (
    access !== undefined &&
    access !== null &&
    access !== 'None' &&
    account.properties.allowBlobPublicAccess !== true
  ) {
    throw new ArmError(409, 'PublicAccessNotPermitted', 'Public access is not permitted on this storage account.');
  }
  const before = request.world.resources.get(idOf(request));
  if (!before && request.method === 'PATCH') return json(200, show(find(request)));
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
  const container = request.world.resources.put({
    id: before?.id ?? idOf(request),
    name,
    type: TYPE,
    properties: merged(defaults, {
      ...given,
      lastModifiedTime: request.timestamp,
      etag: `"0x${request.now.toString(16).toUpperCase()}"`,
    }),
  });
  return json(before ? 200 : 201, show(container));
};

const remove = (request: ArmRequest): Answer => {
  const account = request.world.resources.get(accountId(request));
  if (!account || !request.world.resources.get(idOf(request))) return empty(204);
  request.world.resources.remove(idOf(request));
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

import { z } from 'zod';
import { type Answer, empty, json, listOf } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { DURATIONS } from '../../durations.ts';
import { type JsonObject, toObject } from '../../json.ts';
import type { Resource } from '../../state/resource.ts';
import { existing, parent } from '../common.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_PATH } from './accounts.ts';
import { CONTAINER_TYPE, containerId, isContainerName, removeContainer, writeContainer } from './container-store.ts';

const PATH = `${ACCOUNT_PATH}/blobServices/default/containers`;

const schema = z.looseObject({
  properties: z
    .looseObject({
      publicAccess: z.enum(['Container', 'Blob', 'None']).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

const idOf = (request: ArmRequest): string => containerId(accountId(request), request.parameter('container'));

const show = ({ id, name, properties }: Resource): JsonObject => ({
  id,
  name,
  type: CONTAINER_TYPE,
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
  const given = toObject(request.body === undefined ? {} : request.content(schema).properties);
  const account = parent(request, accountId(request), ACCOUNT_TYPE, CONTAINER_TYPE);
  const name = request.parameter('container');
  if (!isContainerName(name)) {
    throw new ArmError(
      400,
      'ContainerOperationFailure',
      `The specified resource name contains invalid characters: ${name}.`,
    );
  }
  if (request.method === 'PATCH') find(request);
  const before = request.world.resources.get(idOf(request));
  const container = writeContainer(request.world, account, name, given);
  return json(before ? 200 : 201, show(container));
};

const remove = (request: ArmRequest): Answer => {
  const { world } = request;
  const id = idOf(request);
  if (!world.resources.get(id)) return empty(204);
  request.start({ ...removeContainer(world, id), operation: 'delete', success: [] });
  return empty(200);
};

/** Blob containers through Resource Manager: no account key needed. */
export const CONTAINER_ROUTES: Route[] = [
  {
    method: 'PUT',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${CONTAINER_TYPE}/write`,
    seconds: DURATIONS.container,
    handle: write,
  },
  {
    method: 'PATCH',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${CONTAINER_TYPE}/write`,
    seconds: DURATIONS.container,
    handle: write,
  },
  {
    method: 'DELETE',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${CONTAINER_TYPE}/delete`,
    seconds: DURATIONS.container,
    handle: remove,
  },
  {
    method: 'GET',
    path: `${PATH}/{container}`,
    type: ACCOUNT_TYPE,
    action: `${CONTAINER_TYPE}/read`,
    handle: (request) => json(200, show(find(request))),
  },
  {
    method: 'GET',
    path: PATH,
    type: ACCOUNT_TYPE,
    action: `${CONTAINER_TYPE}/read`,
    handle: (request) => {
      const account = parent(request, accountId(request), ACCOUNT_TYPE, CONTAINER_TYPE);
      return listOf(
        request.world.resources
          .below(account.id)
          .filter(({ type }) => type === CONTAINER_TYPE)
          .map(show),
      );
    },
  },
];

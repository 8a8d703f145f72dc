import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, parent } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type JsonObject, toObject } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_PATH } from './accounts.ts';
import {
  CONTAINER_TYPE,
  checkContainerName,
  containerId,
  existingContainer,
  removeContainer,
  writeContainer,
} from './container-store.ts';

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

/** What the provider calls the blob service's errors, where it has a word of its own (Azure/azure-rest-api-specs issue 30456). */
const OWN_CODES: Record<string, string> = { ContainerBeingDeleted: 'ContainerOperationFailure' };

/**
 * Does what the blob service does too. The provider passes its errors on, with the service's request id and time at the end of the message
 * (Azure/azure-rest-api-specs issue 11331).
 */
const asBlobService = <T>(request: ArmRequest, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const requestId = request.world.seeded.guid(idOf(request), `blob request at ${request.now}`);
    throw new HttpError(
      error.status,
      OWN_CODES[error.code] ?? error.code,
      `${error.message}\nRequestId:${requestId}\nTime:${request.timestamp}`,
      error.options,
    );
  }
};

const write = (request: ArmRequest): Answer => {
  const given = toObject(request.body === undefined ? {} : request.content(schema).properties);
  const account = parent(request, accountId(request), ACCOUNT_TYPE, CONTAINER_TYPE);
  const name = request.parameter('container');
  return asBlobService(request, () => {
    checkContainerName(name);
    const id = idOf(request);
    const before = request.method === 'PATCH' ? existingContainer(request.world, id) : request.world.resources.get(id);
    return json(before ? 200 : 201, show(writeContainer(request.world, account, name, given)));
  });
};

const read = (request: ArmRequest): Answer => {
  existing(request, accountId(request), ACCOUNT_TYPE);
  return json(200, show(asBlobService(request, () => existingContainer(request.world, idOf(request)))));
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
  ...routesOf({ type: ACCOUNT_TYPE, path: `${PATH}/{container}`, resource: CONTAINER_TYPE }, [
    { method: 'PUT', seconds: DURATIONS.container, handle: write },
    { method: 'PATCH', seconds: DURATIONS.container, handle: write },
    { method: 'DELETE', seconds: DURATIONS.container, handle: remove },
    { method: 'GET', handle: read },
  ]),
  ...routesOf({ type: ACCOUNT_TYPE, path: PATH, resource: CONTAINER_TYPE }, [
    {
      method: 'GET',
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
  ]),
];

import { type Answer, empty, json } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { RETRY_AFTER } from '../../durations.ts';
import { type Operation, statusOf } from '../../state/operation.ts';
import type { Resource } from '../../state/resource.ts';
import { SUBSCRIPTION } from '../common.ts';
import { CLUSTER_ACTION } from './cluster-id.ts';

const PATH = `${SUBSCRIPTION}/providers/Microsoft.ContainerService/locations/{location}`;

export const asyncHeaders = (request: ArmRequest, cluster: Resource, operation: Operation): Record<string, string> => ({
  'azure-asyncoperation': request.operationUrl(
    `${request.subscriptionPath}/providers/Microsoft.ContainerService/locations/${cluster.location}/operations/${operation.id}`,
  ),
  ...RETRY_AFTER,
});

const find = (request: ArmRequest): Operation => {
  const operation = request.world.operations.get(request.parameter('operation'));
  if (operation) return operation;
  throw new ArmError(404, 'NotFound', 'The operation was not found.');
};

const status = (request: ArmRequest): Answer => {
  const operation = find(request);
  const word = statusOf(operation, request.now);
  const { error, endsAt } = operation;
  const body = {
    name: operation.id,
    status: word,
    startTime: new Date(operation.startedAt).toISOString(),
    ...(word !== 'InProgress' && endsAt !== null && { endTime: new Date(endsAt).toISOString() }),
    ...(word === 'Failed' && error && { error: { code: error.code, message: error.message } }),
  };
  return json(200, body, word === 'InProgress' ? RETRY_AFTER : {});
};

const result = (request: ArmRequest): Answer => {
  const operation = find(request);
  const word = statusOf(operation, request.now);
  if (word === 'InProgress') {
    return empty(202, { location: request.operationUrl(request.path), ...RETRY_AFTER });
  }
  if (operation.error) throw new ArmError(operation.error.status ?? 409, operation.error.code, operation.error.message);
  return empty(204);
};

/** Where a cluster's operations are followed: always 200 with the status, or the Location of a deletion. */
export const OPERATION_ROUTES: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/operations/{operation}`,
    type: CLUSTER_ACTION,
    action: 'Microsoft.ContainerService/locations/operations/read',
    errors: 'flat',
    handle: status,
  },
  {
    method: 'GET',
    path: `${PATH}/operationresults/{operation}`,
    type: CLUSTER_ACTION,
    action: 'Microsoft.ContainerService/locations/operationresults/read',
    errors: 'flat',
    handle: result,
  },
];

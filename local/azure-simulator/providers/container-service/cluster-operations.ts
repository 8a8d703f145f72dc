import type { ArmRequest } from '../../arm/arm-request.ts';
import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { RETRY_AFTER } from '../../base/durations.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { type Operation, statusOf } from '../../state/operation.ts';
import type { Resource } from '../../state/resource.ts';
import { CLUSTER_ACTION } from './cluster-id.ts';

const PATH = `${SUBSCRIPTION}/providers/Microsoft.ContainerService/locations/{location}`;

export const asyncHeaders = (request: ArmRequest, cluster: Resource, operation: Operation): Record<string, string> => ({
  'azure-asyncoperation': request.operationUrl(
    `${request.subscriptionPath}/providers/Microsoft.ContainerService/locations/${cluster.location}/operations/${operation.id}`,
  ),
  ...RETRY_AFTER,
});

const status = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.ContainerService');
  const word = statusOf(operation, request.now);
  const { error, endsAt } = operation;
  const body = {
    name: operation.id,
    status: word,
    startTime: new Date(operation.startedAt).toISOString(),
    ...(word !== 'InProgress' && endsAt !== null && { endTime: new Date(endsAt).toISOString() }),
    ...(word !== 'InProgress' && error && { error: { code: error.code, message: error.message } }),
  };
  return json(200, body, word === 'InProgress' ? RETRY_AFTER : {});
};

const result = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.ContainerService');
  return hasSucceeded(request, operation)
    ? empty(204)
    : empty(202, { location: request.operationUrl(request.path), ...RETRY_AFTER });
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

import { z } from 'zod';
import type { ArmRequest, OperationPlan } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { listRoutes, sameLocation } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type JsonObject, objectsAt, textAt } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Effect, type Operation, PREEMPTED } from '../../state/operation.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import { clusterBody, kubeletIdentity } from './cluster-body.ts';
import { CLUSTER_ACTION, CLUSTER_PATH, clusterId, existingCluster } from './cluster-id.ts';
import { asyncHeaders, OPERATION_ROUTES } from './cluster-operations.ts';
import { checkKnownProperties, clusterSchema, refuseClusterIssue } from './cluster-schema.ts';
import { validateCluster } from './cluster-validation.ts';
import type { ClusterWrite, ContainerServiceWorld } from './container-service-world.ts';

const put = (request: ClusterWrite): Answer => {
  const { world } = request;
  const before = world.resources.get(clusterId(request));
  checkPreconditions(request, before);
  if (before) checkIdle(request, before);
  const body = request.content(clusterSchema, refuseClusterIssue);
  checkKnownProperties(body, request.apiVersion);
  const location = request.location(body.location, CLUSTER_ACTION);
  sameLocation(request, before, location);
  validateCluster(request, body, location, before);
  const cluster = world.resources.put(clusterBody(request, body, location, before));
  if (!before) makeNodeGroup(request, cluster);
  return accept(request, cluster, before ? 200 : 201, before ? 'update' : 'create');
};

/** 412 of the conditional headers; the code is from memory, unverified. */
const checkPreconditions = (request: ArmRequest, before: Resource | undefined): void => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  const failed =
    (ifNoneMatch === '*' && before !== undefined) ||
    (ifMatch !== undefined &&
      (before === undefined || (ifMatch !== '*' && ifMatch.replaceAll('"', '') !== before.eTag)));
  if (!failed) return;
  throw new HttpError(
    412,
    'PreconditionFailed',
    `The condition specified using HTTP conditional header(s) is not met for the managed cluster '${request.parameter('cluster')}'.`,
  );
};

/** @throws HttpError 409 while another operation is under way. */
export const checkIdle = (request: ArmRequest, cluster: Resource): void => {
  const operation = request.world.operations.underWay(cluster.id, request.now);
  if (!operation) return;
  const started = new Date(operation.startedAt).toISOString();
  throw new HttpError(
    409,
    'OperationNotAllowed',
    `Operation is not allowed because there's an in progress ${operation.operation} managed cluster operation (operation ID: ${operation.id}) on the managed cluster started on ${started}, please wait for it to finish before starting a new operation. See https://aka.ms/aks-pending-operation for more details.`,
  );
};

/** Starts the work on a cluster that is already stored with its state of transition; what failed before is forgotten. */
const accept = (
  request: ClusterWrite,
  stored: Resource,
  status: number,
  operation: string,
  seconds?: number,
): Answer => {
  const { status: _, ...properties } = stored.properties;
  const cluster = request.world.resources.put({ ...stored, properties });
  const creating = operation === 'create';
  const nominal = seconds ?? (creating ? DURATIONS.cluster : DURATIONS.clusterUpdate);
  const started = request.start(planOf(request, cluster, operation, nominal));
  return json(status, cluster, asyncHeaders(request, cluster, started));
};

const planOf = (request: ClusterWrite, cluster: Resource, operation: string, seconds: number): OperationPlan => {
  const identity = kubeletIdentity(request, cluster);
  const pools = (state: string): JsonObject[] =>
    objectsAt(cluster.properties, 'agentPoolProfiles').map((pool) => ({ ...pool, provisioningState: state }));
  const error = request.scriptedFailure;
  const principals = [{ objectId: identity.objectId, clientId: identity.clientId }, ...controlPlaneOf(cluster)];
  const success: Effect[] = [
    {
      do: 'merge',
      id: cluster.id,
      properties: {
        provisioningState: 'Succeeded',
        agentPoolProfiles: pools('Succeeded'),
        identityProfile: { kubeletidentity: { ...identity } },
      },
    },
    ...principals.map((principal) => request.world.principals.addition({ ...principal, resourceId: cluster.id })),
  ];
  const provisioningError = { code: error?.code ?? 'InternalServerError', message: error?.message ?? '' };
  const failed = { provisioningState: 'Failed', agentPoolProfiles: pools('Failed'), status: { provisioningError } };
  return {
    resourceId: cluster.id,
    operation,
    durationMs: request.world.durationMs(seconds, cluster.id, operation),
    success,
    failure: [{ do: 'merge', id: cluster.id, properties: failed }],
  };
};

/** The group that holds the nodes; it goes with the cluster. */
const makeNodeGroup = (request: ArmRequest, cluster: Resource): void => {
  const name = textAt(cluster.properties, 'nodeResourceGroup') ?? '';
  request.world.resources.put({
    id: `${request.subscriptionPath}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    ...(cluster.location !== undefined && { location: cluster.location }),
    managedBy: cluster.id,
    tags: { 'aks-managed-cluster-name': cluster.name, 'aks-managed-cluster-rg': request.group },
    properties: { provisioningState: 'Succeeded' },
  });
};

const patchTags = (request: ClusterWrite): Answer => {
  const { tags } = request.content(z.looseObject({ tags: tagsSchema.nullish() }), refuseClusterIssue);
  const before = existingCluster(request);
  checkPreconditions(request, before);
  checkIdle(request, before);
  const cluster = request.world.resources.put({
    ...before,
    ...(tags && { tags }),
    properties: { ...before.properties, provisioningState: 'Updating' },
  });
  return accept(request, cluster, 200, 'update', DURATIONS.clusterTags);
};

/** A delete pre-empts what is under way. */
const remove = (request: ArmRequest): Answer => {
  const { world } = request;
  const cluster = world.resources.get(clusterId(request));
  if (!cluster) return empty(204);
  checkPreconditions(request, cluster);
  const running = world.operations.underWay(cluster.id, request.now);
  if (running?.operation === 'delete') {
    request.recorded = true;
    return empty(202, deletionHeaders(request, cluster, running));
  }
  world.operations.cancel(cluster.id, request.now, { ...PREEMPTED, code: 'AKSOperationPreempted' });
  world.resources.mergeProperties(cluster.id, { provisioningState: 'Deleting' });
  const operation = request.start({
    resourceId: cluster.id,
    operation: 'delete',
    durationMs: world.durationMs(DURATIONS.clusterDelete, cluster.id, 'delete'),
    success: [{ do: 'remove', id: cluster.id }],
    failure: [{ do: 'merge', id: cluster.id, properties: { provisioningState: 'Failed' } }],
  });
  return empty(202, deletionHeaders(request, cluster, operation));
};

const deletionHeaders = (request: ArmRequest, cluster: Resource, operation: Operation): Record<string, string> => ({
  ...asyncHeaders(request, cluster, operation),
  location: request.operationUrl(
    `${request.subscriptionPath}/providers/Microsoft.ContainerService/locations/${cluster.location}/operationresults/${operation.id}`,
  ),
});

/** AKS clusters. Errors of this provider have no `error` envelope. */
export const CLUSTER_ROUTES: Route<ContainerServiceWorld>[] = [
  ...routesOf({ type: CLUSTER_ACTION, path: CLUSTER_PATH, errors: 'flat' }, [
    { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
    { method: 'PATCH', seconds: DURATIONS.accepted, handle: patchTags },
    { method: 'DELETE', seconds: DURATIONS.accepted, handle: remove },
    { method: 'GET', handle: (request) => json(200, existingCluster(request)) },
  ]),
  ...OPERATION_ROUTES,
  ...listRoutes(CLUSTER_ACTION),
];

/** The identity of the control plane, which roles can be given to. */
const controlPlaneOf = (cluster: Resource): { objectId: string; clientId: string }[] => {
  const objectId = textAt(cluster.identity, 'principalId');
  return objectId === undefined ? [] : [{ objectId, clientId: objectId }];
};

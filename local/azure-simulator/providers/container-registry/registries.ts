import type { ArmRequest } from '../../arm/arm-request.ts';
import { operationOf } from '../../arm/operation-result.ts';
import { GROUP, type Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, listRoutes, sameLocation, systemData } from '../../arm/tracked-resources.ts';
import { DURATIONS, RETRY_AFTER } from '../../base/durations.ts';
import { at, type JsonObject, merged, textAt, toJson, toObject } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Operation, PREEMPTED, statusOf } from '../../state/operation.ts';
import type { Resource } from '../../state/resource.ts';
import { checkRegistryName, registryNameAvailability } from './registry-names.ts';
import {
  checkFeatures,
  type RegistryPatch,
  refuseRegistryIssue,
  registryPatchSchema,
  registrySchema,
} from './registry-schema.ts';

export const REGISTRY_TYPE = 'Microsoft.ContainerRegistry/registries';
export const REGISTRY_PATH = `${GROUP}/providers/${REGISTRY_TYPE}/{registry}`;

export const registryId = (request: ArmRequest): string =>
  `${request.groupId}/providers/${REGISTRY_TYPE}/${request.parameter('registry')}`;

/** What the service sets when nothing is said: as in answers recorded by the Azure CLI's tests. */
const defaults = (request: ArmRequest): JsonObject => ({
  loginServer: `${request.parameter('registry').toLowerCase()}.${request.cloud.registrySuffix}`,
  creationDate: request.timestamp,
  provisioningState: 'Creating',
  adminUserEnabled: false,
  policies: {
    quarantinePolicy: { status: 'disabled' },
    trustPolicy: { type: 'Notary', status: 'disabled' },
    retentionPolicy: { days: 7, lastUpdatedTime: request.timestamp, status: 'disabled' },
    exportPolicy: { status: 'enabled' },
    azureADAuthenticationAsArmPolicy: { status: 'enabled' },
    softDeletePolicy: { retentionDays: 7, lastUpdatedTime: request.timestamp, status: 'disabled' },
  },
  encryption: { status: 'disabled' },
  dataEndpointEnabled: false,
  dataEndpointHostNames: [],
  privateEndpointConnections: [],
  publicNetworkAccess: 'Enabled',
  networkRuleBypassOptions: 'AzureServices',
  zoneRedundancy: 'Disabled',
  anonymousPullEnabled: false,
  roleAssignmentMode: 'LegacyRegistryPermissions',
});

const put = (request: ArmRequest): Answer => {
  const { world } = request;
  const body = request.content(registrySchema, refuseRegistryIssue);
  const id = registryId(request);
  const location = request.location(body.location, REGISTRY_TYPE);
  const before = world.resources.get(id);
  checkRegistryName(request, before);
  sameLocation(request, before, location);
  // A PUT replaces the tags; leaving them out clears them.
  if (before) return update(request, before, { ...body, tags: body.tags ?? {} });
  checkFeatures(body.sku.name, toObject(body.properties));
  const premium: JsonObject =
    body.sku.name === 'Premium' ? { networkRuleSet: { defaultAction: 'Allow', ipRules: [] } } : {};
  const registry = world.resources.put({
    id,
    name: request.parameter('registry'),
    type: REGISTRY_TYPE,
    location,
    tags: body.tags ?? {},
    sku: { name: body.sku.name, tier: body.sku.name },
    ...(body.identity && { identity: body.identity }),
    systemData: systemData(request),
    properties: merged({ ...defaults(request), ...premium }, withoutReadOnly(body.properties)),
  });
  return accept(request, registry, 201, 'create', DURATIONS.registry);
};

const READ_ONLY = new Set([
  'creationDate',
  'dataEndpointHostNames',
  'loginServer',
  'privateEndpointConnections',
  'provisioningState',
  'status',
]);

/** What a request may set: a read-modify-write sends back the rest too, and it is ignored. */
const withoutReadOnly = (given: unknown): JsonObject =>
  Object.fromEntries(Object.entries(toObject(given)).filter(([key]) => !READ_ONLY.has(key)));

const update = (request: ArmRequest, before: Resource, body: RegistryPatch): Answer => {
  // Code and text: from memory, unverified.
  if (request.world.operations.underWay(before.id, request.now)) {
    throw new HttpError(
      409,
      'Conflict',
      `The registry ${before.name} is being changed by another operation; it is in the state ${at(before.properties, 'provisioningState')}.`,
    );
  }
  checkFeatures(
    body.sku?.name ?? textAt(before.sku, 'name') ?? '',
    merged(before.properties, toObject(body.properties)),
  );
  const failed = at(before.properties, 'provisioningState') !== 'Succeeded';
  const changed: Resource = {
    ...before,
    ...(body.tags && { tags: body.tags }),
    ...(body.sku && { sku: { name: body.sku.name, tier: body.sku.name } }),
    ...(body.identity && { identity: body.identity }),
    properties: merged(before.properties, withoutReadOnly(body.properties)),
  };
  if (!failed && JSON.stringify(toJson(changed)) === JSON.stringify(toJson(before))) {
    request.recorded = true;
    return json(200, before);
  }
  const registry = request.world.resources.put({
    ...changed,
    systemData: systemData(request, before),
    properties: { ...changed.properties, provisioningState: 'Updating' },
  });
  return accept(request, registry, 200, 'update', DURATIONS.registryUpdate);
};

const accept = (
  request: ArmRequest,
  registry: Resource,
  status: number,
  operation: string,
  seconds: number,
): Answer => {
  const done = (provisioningState: string) => ({
    do: 'merge' as const,
    id: registry.id,
    properties: { provisioningState },
  });
  const { id } = request.start({
    resourceId: registry.id,
    operation,
    durationMs: request.world.durationMs(seconds, registry.id, operation),
    success: [done('Succeeded')],
    failure: [done('Failed')],
  });
  return json(status, registry, {
    'azure-asyncoperation': request.operationUrl(`${registry.id}/operationStatuses/registries-${id}`),
    ...RETRY_AFTER,
  });
};

/** While it runs, the status is the provisioning state's word, not `InProgress`. */
const operationStatus = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.ContainerRegistry', 'registries-');
  const status = statusOf(operation, request.now);
  if (status === 'InProgress')
    return json(200, { status: operation.operation === 'create' ? 'Creating' : 'Updating' }, RETRY_AFTER);
  const { error } = operation;
  return json(200, { status, ...(error && { error: { code: error.code, message: error.message } }) });
};

const patch = (request: ArmRequest): Answer => {
  const body = request.content(registryPatchSchema, refuseRegistryIssue);
  return update(request, existing(request, registryId(request), REGISTRY_TYPE), body);
};

const remove = (request: ArmRequest): Answer => {
  const registry = request.world.resources.get(registryId(request));
  if (!registry) return empty(204);
  const { id } = deletionOf(request, registry);
  return empty(202, {
    location: request.operationUrl(
      `${request.subscriptionPath}/providers/Microsoft.ContainerRegistry/locations/${(registry.location ?? '').toUpperCase()}/operationResults/registries-${id}`,
    ),
    ...RETRY_AFTER,
  });
};

/** The deletion that is under way, or a new one, which pre-empts what else is. */
const deletionOf = (request: ArmRequest, registry: Resource): Operation => {
  const { operations, resources } = request.world;
  const running = operations.underWay(registry.id, request.now);
  if (running?.operation === 'delete') {
    request.recorded = true;
    return running;
  }
  operations.cancel(registry.id, request.now, PREEMPTED);
  resources.mergeProperties(registry.id, { provisioningState: 'Deleting' });
  return request.start({
    resourceId: registry.id,
    operation: 'delete',
    durationMs: request.world.durationMs(DURATIONS.registryDelete, registry.id, 'delete'),
    success: [{ do: 'remove', id: registry.id }],
    failure: [{ do: 'merge', id: registry.id, properties: { provisioningState: 'Failed' } }],
  });
};

const listCredentials = (request: ArmRequest): Answer => {
  const { world } = request;
  const registry = existing(request, registryId(request), REGISTRY_TYPE);
  if (at(registry.properties, 'adminUserEnabled') !== true) {
    throw new HttpError(
      400,
      'UnAuthorizedForCredentialOperations',
      `Cannot perform credential operations for ${registry.id} as admin user is disabled. Kindly enable admin user as per docs: https://docs.microsoft.com/en-us/azure/container-registry/container-registry-authentication#admin-account`,
    );
  }
  const passwords = ['password', 'password2'].map((name) => {
    const generation = world.generation(registry.id);
    const value = world.seeded.base64(registry.id, `${name} ${generation}`, 39);
    world.secrets.add('registry-password', value);
    return { name, value };
  });
  return json(200, { username: registry.name, passwords });
};

/** Container registries. */
export const REGISTRY_ROUTES: Route[] = [
  ...routesOf({ type: REGISTRY_TYPE, path: REGISTRY_PATH }, [
    { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
    { method: 'PATCH', seconds: DURATIONS.accepted, handle: patch },
    { method: 'DELETE', seconds: DURATIONS.accepted, handle: remove },
    { method: 'GET', handle: (request) => json(200, existing(request, registryId(request), REGISTRY_TYPE)) },
  ]),
  ...routesOf(
    {
      type: REGISTRY_TYPE,
      path: `${REGISTRY_PATH}/operationStatuses/{operation}`,
      resource: `${REGISTRY_TYPE}/operationStatuses`,
    },
    [{ method: 'GET', handle: operationStatus }],
  ),
  {
    method: 'POST',
    path: `${REGISTRY_PATH}/listCredentials`,
    type: REGISTRY_TYPE,
    action: `${REGISTRY_TYPE}/listCredentials/action`,
    handle: listCredentials,
  },
  {
    method: 'POST',
    path: '/subscriptions/{subscription}/providers/Microsoft.ContainerRegistry/checkNameAvailability',
    type: REGISTRY_TYPE,
    action: 'Microsoft.ContainerRegistry/checkNameAvailability/read',
    handle: (request) => json(200, registryNameAvailability(request)),
  },
  ...listRoutes(REGISTRY_TYPE),
];

import { z } from 'zod';
import { resourceGroupNotFound } from '../../arm/arm-errors.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import { GROUP, type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { normalLocation } from '../../base/clouds.ts';
import { DURATIONS } from '../../base/durations.ts';
import { at } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import { conditionsOf } from './resource-filter.ts';

const TYPE = 'Microsoft.Resources/resourceGroups';
const ACTION = 'Microsoft.Resources/subscriptions/resourceGroups';

const putSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  managedBy: z.string().nullish(),
});

const patchSchema = z.looseObject({ tags: tagsSchema.nullish() });

const groupOf = (request: ArmRequest): Resource => {
  const group = request.world.resources.get(request.groupId);
  if (!group) throw resourceGroupNotFound(request.group);
  return group;
};

const put = (request: ArmRequest): Answer => {
  const body = request.content(putSchema);
  const location = normalLocation(body.location);
  if (!Object.hasOwn(request.cloud.regions, location)) {
    throw new HttpError(
      400,
      'LocationNotAvailableForResourceGroup',
      `The provided location '${body.location}' is not available for resource group. List of available regions is '${Object.keys(request.cloud.regions).join(',')}'.`,
    );
  }
  const before = request.world.resources.get(request.groupId);
  if (before && before.location !== location) {
    throw new HttpError(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before.location}'.`,
    );
  }
  if (before && at(before.properties, 'provisioningState') === 'Deleting') throw beingDeleted(request);
  const group = request.world.resources.put({
    id: before?.id ?? request.groupId,
    name: before?.name ?? request.group,
    type: TYPE,
    location,
    // A PUT replaces the tags; leaving them out clears them.
    ...(body.tags && { tags: body.tags }),
    ...(body.managedBy && { managedBy: body.managedBy }),
    properties: { provisioningState: 'Succeeded' },
  });
  return json(before ? 200 : 201, group);
};

const beingDeleted = (request: ArmRequest): HttpError =>
  new HttpError(
    409,
    'ResourceGroupBeingDeleted',
    `The resource group '${request.group}' is in deprovisioning state and cannot perform this operation.`,
  );

const patch = (request: ArmRequest): Answer => {
  const { tags } = request.content(patchSchema);
  const group = groupOf(request);
  if (at(group.properties, 'provisioningState') === 'Deleting') throw beingDeleted(request);
  return json(200, request.world.resources.put({ ...group, ...(tags && { tags }) }));
};

const remove = (request: ArmRequest): Answer => {
  const { world } = request;
  const group = groupOf(request);
  const running = world.operations.underWay(group.id, request.now);
  const clusters = world.resources
    .below(group.id)
    .some(({ type }) => type === 'Microsoft.ContainerService/ManagedClusters');
  world.resources.put({ ...group, properties: { provisioningState: 'Deleting' } });
  const operation =
    running ??
    request.start({
      resourceId: group.id,
      operation: 'delete',
      durationMs: world.durationMs(
        clusters ? DURATIONS.clusterDelete + 60 : DURATIONS.resourceGroupDelete,
        group.id,
        'delete',
      ),
      success: [{ do: 'remove', id: group.id }],
      failure: [{ do: 'merge', id: group.id, properties: { provisioningState: 'Succeeded' } }],
    });
  request.recorded = true;
  return empty(202, deletionHeaders(request, operation.id));
};

const deletionHeaders = (request: ArmRequest, id: string): Record<string, string> => ({
  location: request.operationUrl(`${request.subscriptionPath}/operationresults/${id}`),
  'retry-after': '15',
});

/** The Location of a group's deletion: 202 until it is done, then 200 with nothing. */
const deletionResult = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.Resources');
  return hasSucceeded(request, operation) ? empty(200) : empty(202, deletionHeaders(request, operation.id));
};

/** Resource groups: create, tag, delete with everything inside. */
export const RESOURCE_GROUP_ROUTES: Route[] = [
  ...routesOf({ type: TYPE, path: GROUP, resource: ACTION }, [
    { method: 'PUT', seconds: DURATIONS.resourceGroup, handle: put },
    { method: 'PATCH', seconds: DURATIONS.resourceGroup, handle: patch },
    { method: 'GET', handle: (request) => json(200, groupOf(request)) },
    { method: 'HEAD', handle: (request) => empty(request.world.resources.get(request.groupId) ? 204 : 404) },
    { method: 'DELETE', seconds: DURATIONS.accepted, handle: remove },
  ]),
  ...routesOf({ type: TYPE, path: `${SUBSCRIPTION}/resourceGroups`, resource: ACTION }, [
    {
      method: 'GET',
      handle: (request) => {
        const prefix = `${request.subscriptionPath.toLowerCase()}/`;
        const conditions = conditionsOf(request.query.get('$filter'));
        const own = request.world.resources.ofType(TYPE).filter(({ id }) => id.toLowerCase().startsWith(prefix));
        return listOf(own.filter((group) => conditions.every((holds) => holds(group))));
      },
    },
  ]),
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/operationresults/{operation}`,
    type: TYPE,
    // It is among the provider's actions (azure-docs, management-and-governance.md); that it is asked for here: unverified.
    action: 'Microsoft.Resources/subscriptions/operationresults/read',
    handle: deletionResult,
  },
];

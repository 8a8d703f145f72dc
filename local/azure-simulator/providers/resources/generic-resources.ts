import { resourceGroupNotFound } from '../../arm/arm-errors.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP, type Route, SUBSCRIPTION } from '../../arm/route.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Answer, listOf } from '../../http/answer.ts';
import type { Resource } from '../../state/resource.ts';
import { conditionsOf } from './resource-filter.ts';

const TYPE = 'Microsoft.Resources/resources';

/** What the list of all resources shows of one: no properties. */
const summary = ({ id, name, type, location, tags, kind, sku, identity }: Resource): JsonObject => ({
  id,
  name,
  type,
  ...(kind !== undefined && { kind }),
  ...(sku && { sku }),
  ...(location !== undefined && { location }),
  ...(identity && { identity }),
  ...(tags && { tags }),
});

const list = (request: ArmRequest): Answer => {
  const { resources } = request.world;
  if (request.parameters.group !== undefined && !resources.get(request.groupId))
    throw resourceGroupNotFound(request.group);
  const scope = request.parameters.group === undefined ? request.subscriptionPath : request.groupId;
  const conditions = conditionsOf(request.query.get('$filter'));
  const tracked = resources.below(scope).filter(({ id }) => /^[^/]*(\/[^/]+){8}$/.test(id));
  return listOf(tracked.filter((resource) => conditions.every((holds) => holds(resource))).map(summary));
};

/** The list of all resources, by type, name, location or tag. */
export const GENERIC_RESOURCE_ROUTES: Route[] = [SUBSCRIPTION, GROUP].map((base) => ({
  method: 'GET',
  path: `${base}/resources`,
  type: TYPE,
  action: 'Microsoft.Resources/subscriptions/resources/read',
  handle: list,
}));

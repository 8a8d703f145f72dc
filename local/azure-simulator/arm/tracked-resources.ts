import { type JsonObject, textAt } from '../base/json.ts';
import { listOf } from '../http/answer.ts';
import type { Resource } from '../state/resource.ts';
import { existsInOtherLocation, parentNotFound, resourceNotFound } from './arm-errors.ts';
import type { ArmRequest } from './arm-request.ts';
import { GROUP, type Route, SUBSCRIPTION } from './route.ts';

/** A resource, or Resource Manager's 404. */
export const existing = (request: ArmRequest, id: string, type: string): Resource => {
  const found = request.world.resources.get(id);
  if (found) return found;
  const names = id
    .split('/providers/')
    .at(-1)
    ?.split('/')
    .slice(1)
    .filter((_, index) => index % 2 === 1);
  throw resourceNotFound(type, names?.join('/') ?? '', request.group);
};

/** The resource that a child of the given type belongs to: a write without it is refused in other words than a read. */
export const parent = (request: ArmRequest, id: string, type: string, childType: string): Resource => {
  const write = request.method === 'PUT' || request.method === 'PATCH';
  if (write && !request.world.resources.get(id)) throw parentNotFound(childType, id);
  return existing(request, id, type);
};

/** Who made a resource and who changed it last. */
export const systemData = (request: ArmRequest, before?: Resource): JsonObject => ({
  createdBy: textAt(before?.systemData, 'createdBy') ?? request.claims.appid,
  createdByType: 'Application',
  createdAt: textAt(before?.systemData, 'createdAt') ?? request.timestamp,
  lastModifiedBy: request.claims.appid,
  lastModifiedByType: 'Application',
  lastModifiedAt: request.timestamp,
});

/** @throws HttpError 409 when a resource of that id is elsewhere. */
export const sameLocation = (request: ArmRequest, before: Resource | undefined, location: string): void => {
  if (before?.location !== undefined && before.location !== location) {
    throw existsInOtherLocation(before.name, before.location, request.group, location);
  }
};

/** The two lists that every tracked type has: of a resource group and of the subscription. */
export const listRoutes = (type: string, show: (resource: Resource) => Resource = (resource) => resource): Route[] => {
  const [namespace, ...names] = type.split('/');
  const path = `/providers/${namespace}/${names.join('/')}`;
  const list = (base: string): Route => ({
    method: 'GET',
    path: `${base}${path}`,
    type,
    action: `${type}/read`,
    handle: (request) => {
      const scope = request.parameters.group === undefined ? request.subscriptionPath : request.groupId;
      const prefix = `${scope.toLowerCase()}/`;
      const own = request.world.resources.ofType(type).filter(({ id }) => id.toLowerCase().startsWith(prefix));
      return listOf(own.map(show));
    },
  });
  return [list(GROUP), list(SUBSCRIPTION)];
};

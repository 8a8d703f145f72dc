import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP, type Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, listRoutes, sameLocation, systemData } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import type { ManagedIdentityWorld } from './managed-identity-world.ts';

export const IDENTITY_TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';
export const IDENTITY_PATH = `${GROUP}/providers/${IDENTITY_TYPE}/{identity}`;

const schema = z.looseObject({ location: z.string(), tags: tagsSchema.nullish() });

/** The id as this provider writes it, with a lower-case `resourcegroups`. */
export const identityId = (request: ArmRequest): string =>
  `${request.subscriptionPath}/resourcegroups/${request.group}/providers/${IDENTITY_TYPE}/${request.parameter('identity')}`;

const put = (request: ArmRequest<ManagedIdentityWorld>): Answer => {
  const body = request.content(schema);
  const name = request.parameter('identity');
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) {
    throw new HttpError(
      400,
      'InvalidResourceName',
      `The resource name '${name}' is invalid: 3 to 128 letters, digits, '-' and '_', beginning with a letter or digit.`,
    );
  }
  const location = request.location(body.location, IDENTITY_TYPE);
  const id = identityId(request);
  const { world } = request;
  const before = world.resources.get(id);
  sameLocation(request, before, location);
  const generation = world.generation(id);
  const principalId = world.seeded.guid(id, `principal ${generation}`);
  const clientId = world.seeded.guid(id, `client ${generation}`);
  const identity = world.resources.put({
    id: before?.id ?? id,
    name: before?.name ?? name,
    type: IDENTITY_TYPE,
    location,
    tags: body.tags ?? {},
    systemData: systemData(request, before),
    properties: before?.properties ?? { tenantId: SIMULATED_TENANT_ID, principalId, clientId, isolationScope: 'None' },
  });
  if (!before) world.principals.add({ objectId: principalId, clientId, resourceId: id }, request.now);
  return json(before ? 200 : 201, identity);
};

const patch = (request: ArmRequest): Answer => {
  const { tags } = request.content(z.looseObject({ tags: tagsSchema.nullish() }));
  const identity = existing(request, identityId(request), IDENTITY_TYPE);
  return json(200, request.world.resources.put({ ...identity, ...(tags && { tags }) }));
};

const remove = (request: ArmRequest): Answer => {
  const identity: Resource | undefined = request.world.resources.get(identityId(request));
  if (!identity) return empty(204);
  request.world.removeResource(identity.id, request.now);
  return empty(200);
};

/** User-assigned managed identities: synchronous, no provisioning state. */
export const IDENTITY_ROUTES: Route<ManagedIdentityWorld>[] = [
  ...routesOf({ type: IDENTITY_TYPE, path: IDENTITY_PATH }, [
    { method: 'PUT', seconds: DURATIONS.identity, handle: put },
    { method: 'PATCH', seconds: DURATIONS.identity, handle: patch },
    { method: 'GET', handle: (request) => json(200, existing(request, identityId(request), IDENTITY_TYPE)) },
    { method: 'DELETE', seconds: DURATIONS.identity, handle: remove },
  ]),
  ...listRoutes(IDENTITY_TYPE),
];

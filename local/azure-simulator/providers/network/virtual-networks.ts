import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP, type Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, sameLocation } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { toJson } from '../../base/json.ts';
import { type Answer, json } from '../../http/answer.ts';
import { tagsSchema } from '../../state/resource.ts';

const NETWORK_TYPE = 'Microsoft.Network/virtualNetworks';
const SUBNET_TYPE = `${NETWORK_TYPE}/subnets`;
export const NETWORK_PATH = `${GROUP}/providers/${NETWORK_TYPE}/{network}`;

const prefix = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/);

const schema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  properties: z.looseObject({
    addressSpace: z.looseObject({ addressPrefixes: z.array(prefix).min(1) }),
    subnets: z
      .array(z.looseObject({ name: z.string(), properties: z.looseObject({ addressPrefix: prefix }) }))
      .default([]),
  }),
});

const networkId = (request: ArmRequest): string =>
  `${request.groupId}/providers/${NETWORK_TYPE}/${request.parameter('network')}`;

const put = (request: ArmRequest): Answer => {
  const { location, tags, properties } = request.content(schema);
  const region = request.location(location, NETWORK_TYPE);
  const { world } = request;
  const id = networkId(request);
  const before = world.resources.get(id);
  sameLocation(request, before, region);
  const subnets = properties.subnets.map(({ name, properties: { addressPrefix } }) => ({
    id: `${id}/subnets/${name}`,
    name,
    type: SUBNET_TYPE,
    properties: { addressPrefix, provisioningState: 'Succeeded' },
  }));
  for (const old of world.resources.below(id)) {
    if (!subnets.some((subnet) => subnet.id === old.id)) world.removeResource(old.id, request.now);
  }
  for (const subnet of subnets) world.resources.put(subnet);
  const network = world.resources.put({
    id,
    name: request.parameter('network'),
    type: NETWORK_TYPE,
    location: region,
    ...(tags && { tags }),
    properties: {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: properties.addressSpace.addressPrefixes },
      subnets: subnets.map((subnet) => toJson(subnet)),
    },
  });
  return json(before ? 200 : 201, network);
};

/** Virtual networks with their subnets, as far as a cluster needs one. */
export const NETWORK_ROUTES: Route[] = routesOf({ type: NETWORK_TYPE, path: NETWORK_PATH }, [
  { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
  { method: 'GET', handle: (request) => json(200, existing(request, networkId(request), NETWORK_TYPE)) },
]);

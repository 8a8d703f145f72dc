import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type JsonObject, objectsAt, textAt } from '../../base/json.ts';
import { type Answer, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { poolBody } from './cluster-body.ts';
import { CLUSTER_ACTION, CLUSTER_PATH, existingCluster } from './cluster-id.ts';
import { asyncHeaders } from './cluster-operations.ts';
import { agentPoolSchema, checkKnownPoolProperties, refuseClusterIssue } from './cluster-schema.ts';
import { checkPool, checkPoolUnchanged, checkQuota } from './cluster-validation.ts';
import { checkIdle } from './managed-clusters.ts';

const PATH = `${CLUSTER_PATH}/agentPools`;

const show = (cluster: Resource, pool: JsonObject): JsonObject => {
  const { name, ...properties } = pool;
  return { id: `${cluster.id}/agentPools/${name}`, name, type: `${CLUSTER_ACTION}/agentPools`, properties };
};

const get = (request: ArmRequest): Answer => {
  const cluster = existingCluster(request);
  const name = request.parameter('pool');
  const pool = objectsAt(cluster.properties, 'agentPoolProfiles').find((one) => one.name === name);
  if (pool) return json(200, show(cluster, pool));
  throw new HttpError(404, 'NotFound', `Could not find the agentpool: ${name}`);
};

const schema = z.looseObject({ properties: agentPoolSchema.omit({ name: true }) });

const put = (request: ArmRequest): Answer => {
  const { world } = request;
  const { properties } = request.content(schema, refuseClusterIssue);
  checkKnownPoolProperties(properties, request.apiVersion);
  const cluster = existingCluster(request);
  checkIdle(request, cluster);
  const name = request.parameter('pool');
  const location = cluster.location ?? '';
  const pools = objectsAt(cluster.properties, 'agentPoolProfiles');
  const before = pools.find((one) => one.name === name);
  checkPool(request, agentPoolSchema.parse({ ...before, ...properties, name }), location);
  if (before) checkPoolUnchanged({ ...properties, name }, before, 'properties');
  const state = before ? 'Updating' : 'Creating';
  const pool = poolBody(
    { ...before, ...properties, name },
    textAt(cluster.properties, 'currentKubernetesVersion') ?? '',
    state,
  );
  const withPool = (one: JsonObject): JsonObject[] => [...pools.filter((other) => other.name !== name), one];
  checkQuota(request, z.array(agentPoolSchema).parse(withPool(pool)), location, cluster);
  world.resources.mergeProperties(cluster.id, { agentPoolProfiles: withPool(pool) });
  const done = (provisioningState: string) => ({
    do: 'merge' as const,
    id: cluster.id,
    properties: { agentPoolProfiles: withPool({ ...pool, provisioningState }) },
  });
  const operation = request.start({
    resourceId: cluster.id,
    operation: before ? 'update' : 'create',
    durationMs: world.durationMs(DURATIONS.agentPool, `${cluster.id}/agentPools/${name}`, state),
    success: [done('Succeeded')],
    failure: [done('Failed')],
  });
  return json(before ? 200 : 201, show(cluster, pool), asyncHeaders(request, cluster, operation));
};

/** Node pools: listed, read, added, changed. */
export const AGENT_POOL_ROUTES: Route[] = [
  ...routesOf({ type: CLUSTER_ACTION, path: PATH, resource: `${CLUSTER_ACTION}/agentPools`, errors: 'flat' }, [
    {
      method: 'GET',
      handle: (request) => {
        const cluster = existingCluster(request);
        return listOf(objectsAt(cluster.properties, 'agentPoolProfiles').map((pool) => show(cluster, pool)));
      },
    },
  ]),
  ...routesOf(
    { type: CLUSTER_ACTION, path: `${PATH}/{pool}`, resource: `${CLUSTER_ACTION}/agentPools`, errors: 'flat' },
    [
      { method: 'GET', handle: get },
      { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
    ],
  ),
];

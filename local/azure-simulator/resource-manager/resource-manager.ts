import type { AskedAttributes } from '../access/assignments.ts';
import { authorize } from '../access/authorize.ts';
import { checkApiVersion } from '../arm/api-versions.ts';
import { invalidGroupName, resourceGroupNotFound } from '../arm/arm-errors.ts';
import { ArmRequest } from '../arm/arm-request.ts';
import { jsonBody } from '../arm/json-body.ts';
import { actionOf, type Route } from '../arm/route.ts';
import { isResourceManager } from '../base/cloud-hosts.ts';
import { DURATIONS } from '../base/durations.ts';
import { hostName, isLoopback } from '../base/host-name.ts';
import { at } from '../base/json.ts';
import { type Claims, readBearer } from '../entra/tokens.ts';
import { type Answer, json } from '../http/answer.ts';
import { type ErrorShape, HttpError } from '../http/http-error.ts';
import type { Incoming } from '../http/incoming.ts';
import { checkPath, segmentsOf } from '../http/path.ts';
import type { Plan, Plane } from '../http/plane.ts';
import type { FaultAction } from '../state/faults.ts';
import type { World } from '../state/world.ts';
import { checkLocks } from './check-locks.ts';
import { checkPolicies, modifiedByPolicies } from './check-policies.ts';
import { checkRegistered } from './check-registered.ts';
import { checkEnvelope } from './envelope.ts';
import type { ResourceManagerWorld } from './resource-manager-world.ts';
import { Router } from './router.ts';
import { Throttle } from './throttle.ts';
import { unknownPath } from './unknown-path.ts';

/** Azure Resource Manager: finds the provider of a request and does for it what ARM does in front of all of them. */
export class ResourceManager<W extends ResourceManagerWorld> implements Plane {
  readonly #world: W;
  readonly #router: Router<W>;
  readonly #throttle = new Throttle();
  readonly #remaining = new WeakMap<Incoming, Record<string, string>>();

  constructor(world: W, routes: readonly Route<W>[]) {
    this.#world = world;
    this.#router = new Router(routes);
    world.onReset(() => this.#throttle.clear());
  }

  serves(host: string): boolean {
    return isResourceManager(this.#world.cloud, host);
  }

  prepare(incoming: Incoming, arrivedAt: number, fault: FaultAction | undefined): Plan {
    const world = this.#world;
    const { cloud } = world;
    const host = isLoopback(hostName(incoming.host)) ? cloud.resourceManager : hostName(incoming.host);
    const claims = readBearer(
      incoming.headers.authorization,
      [`https://${cloud.resourceManager}`, `https://${cloud.classicAudience}`],
      `Bearer authorization_uri="https://${cloud.authority}/"`,
    );
    checkPath(incoming.path);
    const segments = segmentsOf(incoming.path);
    this.#checkSubscription(segments, incoming, claims);
    const match = this.#router.find(incoming.method, segments);
    if (match.kind !== 'route') throw unknownPath(segments, incoming, match.kind === 'otherMethod');
    const { route, parameters } = match;
    const path = `/${segments.join('/')}`;
    checkApiVersion(route.type, incoming.query.get('api-version'), {
      newest: world.settings.values.newestApiVersions,
      location: locationOf(world, path, parameters.location),
      regions: Object.keys(cloud.regions),
    });
    checkGroupName(parameters.group);
    const { authorizations } = incoming;
    const open = (): ArmRequest<W> =>
      new ArmRequest({
        world,
        method: incoming.method,
        host,
        path,
        query: incoming.query,
        parameters,
        headers: incoming.headers,
        body: jsonBody(incoming),
        arrivedAt,
        claims,
        fault,
        may: (action, scope) => authorize(world, claims.oid, action, scope, authorizations),
      });
    const action = actionOf(route, parameters);
    if (action !== null) {
      const scope = route.method === 'POST' ? path.replace(/\/[^/]+$/, '') : path;
      // The body is read where a condition reads it, else not before the caller is known to be allowed.
      const attributes = (): AskedAttributes => route.attributes?.(open()) ?? {};
      if (!authorize(world, claims.oid, action, scope, authorizations, attributes))
        throw refused(claims, route, action, scope);
    }
    const request = open();
    return {
      seconds: route.seconds ?? DURATIONS.read,
      asynchronous: route.seconds === DURATIONS.accepted,
      release: route.begin?.(request),
      execute: () => this.#execute(route, request),
    };
  }

  errorBody(error: HttpError, incoming: Incoming): Answer {
    return json(error.status, error.body(this.#shapeFor(incoming)));
  }

  headers(incoming: Incoming): Record<string, string> {
    const { seeded } = this.#world;
    const echoed = incoming.headers['x-ms-client-request-id'];
    // Of this request only, so that no other request has a say in it.
    const which = `${incoming.method} at ${this.#world.now()} ${echoed ?? ''}`;
    const id = seeded.guid(incoming.target, `request ${which}`);
    const correlation =
      incoming.headers['x-ms-correlation-request-id'] ?? seeded.guid(incoming.target, `correlation ${which}`);
    return {
      'cache-control': 'no-cache',
      'x-ms-request-id': id,
      'x-ms-correlation-request-id': correlation,
      'x-ms-routing-request-id': `SIMULATED:${new Date(this.#world.now()).toISOString().replace(/[-:]|\.\d+/g, '')}:${id}`,
      ...(echoed && { 'x-ms-client-request-id': echoed }),
      ...this.#remaining.get(incoming),
    };
  }

  #checkSubscription(segments: string[], incoming: Incoming, claims: Claims): void {
    const id = segments[0]?.toLowerCase() === 'subscriptions' ? segments[1] : undefined;
    if (id === undefined) return;
    const { subscriptions, throttling } = this.#world.settings.values;
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
      throw new HttpError(
        400,
        'InvalidSubscriptionId',
        `The provided subscription identifier '${id}' is malformed or invalid.`,
      );
    }
    if (!subscriptions.some((known) => known.toLowerCase() === id.toLowerCase())) {
      throw new HttpError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`, {
        shape: 'standard',
      });
    }
    const left = this.#throttle.take(id.toLowerCase(), claims.oid, incoming.method, this.#world.now(), throttling);
    this.#remaining.set(incoming, left);
  }

  #execute(route: Route<W>, request: ArmRequest<W>): Answer {
    if (request.parameters.group !== undefined && route.type !== 'Microsoft.Resources/resourceGroups') {
      const group = this.#world.resources.get(request.groupId);
      if (!group) throw resourceGroupNotFound(request.group);
      const writes = request.method === 'PUT' || request.method === 'PATCH';
      if (writes && at(group.properties, 'provisioningState') === 'Deleting') {
        throw new HttpError(
          409,
          'ResourceGroupBeingDeleted',
          `The resource group '${request.group}' is in deprovisioning state and cannot perform this operation.`,
          { shape: 'standard' },
        );
      }
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      checkRegistered(request, route.type.split('/')[0] ?? '');
      checkLocks(request, route);
    }
    if (request.method === 'PUT' || request.method === 'PATCH') {
      checkEnvelope(request, route.type);
      request.body = modifiedByPolicies(request, route.type);
      checkPolicies(request, route.type);
    }
    const answer = route.handle(request);
    this.#record(route, request, answer);
    return answer;
  }

  /** Synchronous writes appear among the operations too, with their modelled latency. */
  #record(route: Route<W>, request: ArmRequest<W>, answer: Answer): void {
    const write = ['PUT', 'PATCH', 'DELETE'].includes(request.method);
    if (!write || request.recorded || answer.status === 204 || route.seconds === undefined) return;
    const { operations, seeded } = this.#world;
    const names: Record<string, string> = { PATCH: 'update', DELETE: 'delete' };
    operations.add({
      id: seeded.guid(request.path, `operation ${operations.numberOf(request.path)}`),
      resourceId: request.path,
      operation: names[request.method] ?? (answer.status === 201 ? 'create' : 'update'),
      kind: 'synchronous',
      startedAt: request.arrivedAt,
      endsAt: request.now,
      success: [],
      failure: [],
      settled: true,
    });
  }

  #shapeFor(incoming: Incoming): ErrorShape {
    const match = this.#router.find(incoming.method, segmentsOf(incoming.path));
    return match.kind === 'route' ? (match.route.errors ?? 'standard') : 'standard';
  }
}

/** Where what a path names is; `global` for what is nowhere. Of what does not exist yet Azure takes the location from the body: that is not imitated. */
const locationOf = (world: World, path: string, named: string | undefined): string => {
  const parts = path.split('/');
  const [resource, group] = [parts.slice(0, 9).join('/'), parts.slice(0, 5).join('/')];
  return named ?? world.resources.get(resource)?.location ?? world.resources.get(group)?.location ?? 'global';
};

const refused = (claims: Claims, { type }: Pick<Route, 'type'>, action: string, scope: string): HttpError => {
  const roles = type === 'Microsoft.Authorization/roleAssignments' ? ' or an ABAC condition not fulfilled' : '';
  return new HttpError(
    403,
    'AuthorizationFailed',
    `The client '${claims.appid}' with object id '${claims.oid}' does not have authorization to perform action '${action}' over scope '${scope}'${roles} or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    { shape: 'standard' },
  );
};

/** @throws HttpError 400, whatever is asked of the group: `az group show` gets this answer too (Azure/azure-cli issue 14481). */
const checkGroupName = (name: string | undefined): void => {
  if (name === undefined || (/^[-\w._()\p{L}\p{N}]{1,90}$/u.test(name) && !name.endsWith('.'))) return;
  throw invalidGroupName(name);
};

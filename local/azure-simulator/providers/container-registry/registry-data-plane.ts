import { authorize } from '../../access/authorize.ts';
import { registryAt } from '../../base/cloud-hosts.ts';
import type { Cloud } from '../../base/clouds.ts';
import { DURATIONS } from '../../base/durations.ts';
import { hostName } from '../../base/host-name.ts';
import { textAt } from '../../base/json.ts';
import { type Claims, issueToken, readBearer } from '../../entra/tokens.ts';
import { type Answer, json } from '../../http/answer.ts';
import { formOf } from '../../http/form.ts';
import { HttpError, type HttpErrorOptions } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import type { Resource } from '../../state/resource.ts';
import type { ContainerRegistryWorld } from './container-registry-world.ts';
import { importedId } from './import-image.ts';
import { manifestAnswer, pageNotFound, parseManifestPath, registryError } from './manifests.ts';
import { REGISTRY_TYPE } from './registries.ts';

/** In seconds. */
const REFRESH_TOKEN_LIFETIME = 3 * 3600;
const ACCESS_TOKEN_LIFETIME = 75 * 60;

/** A container registry's own endpoint: its token exchange (azure.github.io/acr/AAD-OAuth.html) and the manifests that were imported. */
export class RegistryDataPlane implements Plane {
  readonly #world: ContainerRegistryWorld;

  constructor(world: ContainerRegistryWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return registryAt(this.#world.cloud, host) !== undefined;
  }

  isReachable(host: string): boolean {
    const registry = this.#registryOf(host);
    return registry !== undefined && registry.properties.provisioningState !== 'Creating';
  }

  prepare(incoming: Incoming): Plan {
    return {
      seconds: DURATIONS.read,
      asynchronous: false,
      execute: () => {
        const registry = this.#registryOf(incoming.host);
        if (!registry) throw pageNotFound();
        return this.#answer(incoming, registry);
      },
    };
  }

  errorBody(error: HttpError): Answer {
    return registryError(error);
  }

  headers(): Record<string, string> {
    return { 'docker-distribution-api-version': 'registry/2.0' };
  }

  #registryOf(host: string): Resource | undefined {
    const name = registryAt(this.#world.cloud, host);
    return this.#world.resources.ofType(REGISTRY_TYPE).find((one) => one.name.toLowerCase() === name);
  }

  #answer(incoming: Incoming, registry: Resource): Answer {
    const host = hostName(incoming.host);
    const route = `${incoming.method} ${incoming.path}`;
    if (route === 'POST /oauth2/exchange') {
      const form = grantOf(incoming, 'access_token', host);
      const caller = readCaller(
        `Bearer ${form.get('access_token')}`,
        audiencesOf(this.#world.cloud),
        challengeOf(host),
      );
      return json(200, { refresh_token: this.#issue(`refresh:${host}`, REFRESH_TOKEN_LIFETIME, caller) });
    }
    if (route === 'POST /oauth2/token') {
      const form = grantOf(incoming, 'refresh_token', host);
      const caller = readCaller(`Bearer ${form.get('refresh_token')}`, [`refresh:${host}`], challengeOf(host));
      const scope = form.get('scope') ?? '';
      return json(200, { access_token: this.#issue(`access:${host}:${scope}`, ACCESS_TOKEN_LIFETIME, caller) });
    }
    return this.#manifest(incoming, host, registry);
  }

  #issue(audience: string, lifetime: number, { appid: clientId, oid: objectId }: Claims): string {
    const { token } = issueToken(this.#world.cloud, audience, lifetime, { clientId, objectId });
    this.#world.secrets.add('registry-token', token);
    return token;
  }

  #manifest(incoming: Incoming, host: string, registry: Resource): Answer {
    const { repository, reference } = parseManifestPath(incoming);
    const scope = `repository:${repository}:pull`;
    const claims = readCaller(
      incoming.headers.authorization,
      [`access:${host}:${scope}`],
      `${challengeOf(host)},scope="${scope}"`,
    );
    this.#authorize(incoming, claims, registry);
    const image = this.#world.resources.get(importedId(registry, `${repository}:${reference}`));
    if (image) return manifestAnswer(textAt(image.properties, 'digest') ?? '');
    throw new HttpError(404, 'MANIFEST_UNKNOWN', `manifest tagged by "${reference}" is not found`);
  }

  /** The right to pull is among the actions, not the data actions. */
  #authorize({ authorizations }: Incoming, claims: Claims, registry: Resource): void {
    const action = 'Microsoft.ContainerRegistry/registries/pull/read';
    if (authorize(this.#world, claims.oid, action, registry.id, authorizations)) return;
    throw unauthorized();
  }
}

/** Message: Azure/acr#841. */
const unauthorized = (options: HttpErrorOptions = {}): HttpError =>
  new HttpError(
    401,
    'UNAUTHORIZED',
    'authentication required, visit https://aka.ms/acr/authorization for more information.',
    options,
  );

/** Whose token it is. @throws HttpError 401, whatever is wrong with it. */
const readCaller = (authorization: string | undefined, audiences: readonly string[], challenge: string): Claims => {
  try {
    return readBearer(authorization, audiences, challenge);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw unauthorized({ headers: { 'www-authenticate': challenge } });
  }
};

const audiencesOf = ({ resourceManager, classicAudience }: Cloud): string[] => [
  `https://${resourceManager}`,
  `https://${classicAudience}`,
];

const challengeOf = (host: string): string => `Bearer realm="https://${host}/oauth2/token",service="${host}"`;

const grantOf = (incoming: Incoming, grant: string, host: string): URLSearchParams => {
  const form = formOf(incoming);
  if (form.get('grant_type') === grant && form.get('service') === host) return form;
  throw new HttpError(400, 'BAD_REQUEST', `grant_type must be ${grant}, service ${host}.`);
};

import { DURATIONS } from '../../base/durations.ts';
import { hostName } from '../../base/host-name.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import type { ContainerRegistryWorld } from './container-registry-world.ts';
import { manifestAnswer, pageNotFound, parseManifestPath, registryError } from './manifests.ts';

/** The hosts that serve a public registry's images; images are named by the key. */
const HOSTS: Record<string, string> = {
  'docker.io': 'registry-1.docker.io',
  'quay.io': 'quay.io',
  'mcr.microsoft.com': 'mcr.microsoft.com',
};

const DOCKER_TOKENS = 'auth.docker.io';
const KUBERNETES = 'registry.k8s.io';
/** Where registry.k8s.io sends those who ask for a manifest (kubernetes/registry.k8s.io, cmd/archeio/docs/request-handling.md). */
const KUBERNETES_UPSTREAM = 'us-central1-docker.pkg.dev';
const UPSTREAM_PREFIX = 'k8s-artifacts-prod/images/';

const SERVED = [DOCKER_TOKENS, KUBERNETES, KUBERNETES_UPSTREAM, ...Object.values(HOSTS)];

/**
 * Manifests of the public registries, without credentials. Docker Hub wants an anonymous token, which it gives for any name (distribution.github.io, spec/auth/token), and
 * says 401 for a repository that does not exist; the others answer at once. That Quay does too is from memory, unverified.
 */
export class PublicRegistries implements Plane {
  readonly #world: ContainerRegistryWorld;

  constructor(world: ContainerRegistryWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return SERVED.includes(hostName(host));
  }

  prepare(incoming: Incoming): Plan {
    return { seconds: DURATIONS.read, asynchronous: false, execute: () => this.#answer(incoming) };
  }

  errorBody(error: HttpError): Answer {
    return registryError(error);
  }

  headers(): Record<string, string> {
    return { 'docker-distribution-api-version': 'registry/2.0' };
  }

  #answer(incoming: Incoming): Answer {
    const host = hostName(incoming.host);
    if (host === DOCKER_TOKENS) return this.#token(incoming);
    const { repository, reference } = parseManifestPath(incoming);
    if (host === KUBERNETES) {
      const location = `https://${KUBERNETES_UPSTREAM}/v2/${UPSTREAM_PREFIX}${repository}/manifests/${reference}`;
      return empty(307, { location });
    }
    if (host === KUBERNETES_UPSTREAM)
      return this.#manifest(KUBERNETES, repository.replace(UPSTREAM_PREFIX, ''), reference);
    const registry = Object.keys(HOSTS).find((name) => HOSTS[name] === host) ?? host;
    if (registry === 'docker.io') this.#checkToken(incoming, repository);
    return this.#manifest(registry, repository, reference);
  }

  #token({ method, path, query }: Incoming): Answer {
    const scope = query.get('scope') ?? '';
    if (method !== 'GET' || path !== '/token') throw pageNotFound();
    if (query.get('service') !== 'registry.docker.io') throw new HttpError(400, 'BAD_REQUEST', 'service is not known');
    const token = Buffer.from(`docker:${scope}`).toString('base64url');
    return json(200, { token, access_token: token, expires_in: 300, issued_at: new Date().toISOString() });
  }

  #checkToken(incoming: Incoming, repository: string): void {
    const scope = `repository:${repository}:pull`;
    const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
    const granted = token !== undefined && Buffer.from(token, 'base64url').toString() === `docker:${scope}`;
    if (granted && this.#world.images.repositoryExists(`docker.io/${repository}`)) return;
    const challenge = `Bearer realm="https://${DOCKER_TOKENS}/token",service="registry.docker.io",scope="${scope}"`;
    throw new HttpError(401, 'UNAUTHORIZED', 'authentication required', {
      headers: { 'www-authenticate': granted ? `${challenge},error="insufficient_scope"` : challenge },
    });
  }

  #manifest(registry: string, repository: string, reference: string): Answer {
    const { images, seeded } = this.#world;
    const name = `${registry}/${repository}:${reference}`;
    const byDigest = reference.startsWith('sha256:');
    if (byDigest && images.hasDigest(seeded, `${registry}/${repository}`, reference, false))
      return manifestAnswer(reference);
    if (images.exists(name)) return manifestAnswer(images.digestOf(seeded, name));
    throw new HttpError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  }
}

import { z } from 'zod';
import { askedRegistries, splitSource } from '../../deployment/names/image.ts';
import { AzureOperationError } from '../failures/azure-failure.ts';
import { sendPlain } from '../plain-request.ts';
import { MANIFEST_TYPES, splitReference } from './manifests.ts';

/** How a public registry is asked, without credentials. */
interface PublicRegistry {
  readonly host: string;
  /** Where it gives anonymous tokens, when it wants one. */
  readonly tokens?: string;
  /** Hosts that it sends those on to who ask for a manifest. */
  readonly redirects?: RegExp;
}

/**
 * How each is asked.
 * Sources: https://distribution.github.io/distribution/spec/auth/token (Docker Hub, GitHub), kubernetes/registry.k8s.io cmd/archeio/docs/request-handling.md.
 */
const publicRegistries: Readonly<Record<(typeof askedRegistries)[number], PublicRegistry>> = {
  'docker.io': { host: 'registry-1.docker.io', tokens: 'https://auth.docker.io/token?service=registry.docker.io' },
  'quay.io': { host: 'quay.io' },
  'registry.k8s.io': { host: 'registry.k8s.io', redirects: /^[a-z0-9-]+-docker\.pkg\.dev$/ },
  'mcr.microsoft.com': { host: 'mcr.microsoft.com' },
  'ghcr.io': { host: 'ghcr.io', tokens: 'https://ghcr.io/token?service=ghcr.io' },
};

const tokenSchema = z.object({ token: z.string() });

/**
 * Finds an image that a public registry gives to everyone. A HEAD request is not counted as a pull (https://docs.docker.com/docker-hub/usage/pulls).
 *
 * @returns undefined when it gives none; the digest is absent when the registry does not give it.
 * @throws AzureOperationError when the registry does not say.
 */
export const findSourceImage = async (source: string): Promise<{ readonly digest: string | undefined } | undefined> => {
  const { registryUri, sourceImage } = splitSource(source);
  const name = askedRegistries.find((asked) => asked === registryUri);
  if (!name) throw notSaid(registryUri, 'is not asked');
  return find(registryUri, publicRegistries[name], sourceImage);
};

const find = async (
  registryUri: string,
  registry: PublicRegistry,
  sourceImage: string,
): Promise<{ readonly digest: string | undefined } | undefined> => {
  const { repository, reference } = splitReference(sourceImage);
  const name = registryUri === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
  const token =
    registry.tokens && (await anonymousToken(registryUri, `${registry.tokens}&scope=repository:${name}:pull`));
  const first = await head(
    `https://${registry.host}/v2/${name}/manifests/${encodeURIComponent(reference)}`,
    token === undefined ? {} : { Authorization: `Bearer ${token}` },
  );
  const location = first.headers.get('location');
  const moved = first.status >= 300 && first.status < 400 && location !== undefined;
  const { status, headers } = moved ? await follow(registryUri, registry, location) : first;
  if (status === 200) return { digest: headers.get('docker-content-digest') };
  // Docker Hub answers 401 for a repository that does not exist; one that wants a password is as good as absent for an import without.
  if (status === 401 || status === 403 || status === 404) return undefined;
  throw notSaid(registryUri, `answered HTTP ${status}`);
};

const head = (url: string, headers: Readonly<Record<string, string>>) =>
  sendPlain('HEAD', url, { headers: { Accept: MANIFEST_TYPES, ...headers } });

const follow = (name: string, { redirects }: PublicRegistry, location: string) => {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url?.protocol !== 'https:' || !redirects?.test(url.host)) throw notSaid(name, 'leads to an unknown host');
  return head(url.href, {});
};

const anonymousToken = async (name: string, url: string): Promise<string> => {
  const { status, bodyAsText } = await sendPlain('GET', url);
  if (status !== 200) throw notSaid(name, `gave no token (HTTP ${status})`);
  return tokenSchema.parse(JSON.parse(bodyAsText ?? '')).token;
};

const notSaid = (name: string, reason: string): AzureOperationError =>
  new AzureOperationError({ code: 'RegistryNotAsked', message: `${name} ${reason}.` });

import { type Answer, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';

/**
 * What `/v2/<repository>/manifests/<reference>` names (github.com/opencontainers/distribution-spec).
 *
 * @throws HttpError 404 for another path, one with broken escapes included; 405 for another method.
 */
export const parseManifestPath = ({ method, path }: Incoming): { repository: string; reference: string } => {
  const match = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path);
  const reference = decoded(match?.[2]);
  if (!match || reference === undefined) throw pageNotFound();
  if (method !== 'HEAD' && method !== 'GET') throw new HttpError(405, 'UNSUPPORTED', 'The operation is unsupported.');
  return { repository: match[1] ?? '', reference };
};

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const pageNotFound = (): HttpError => new HttpError(404, 'NOT_FOUND', 'page not found');

/** That a manifest is there. What stands in it nobody here asks for. */
export const manifestAnswer = (digest: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/vnd.oci.image.index.v1+json', 'docker-content-digest': digest },
});

/** Errors as registries write them. */
export const registryError = ({ status, code, message }: HttpError): Answer =>
  json(status, { errors: [{ code, message, detail: {} }] });

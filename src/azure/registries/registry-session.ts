import { z } from 'zod';
import { appCredential } from '../credential.ts';
import { AzureOperationError } from '../failures/azure-failure.ts';
import { sendPlain } from '../plain-request.ts';
import { currentCloud, resourceManagerScope } from '../settings/cloud.ts';
import { MANIFEST_TYPES, splitReference } from './manifests.ts';

/** Reads a container registry of ours. */
export interface RegistrySession {
  /** Finds `repository:tag` and what it points to. @throws AzureOperationError when it does not say. */
  find(image: string): Promise<{ readonly digest: string | undefined } | undefined>;
}

const refreshSchema = z.object({ refresh_token: z.string() });
const accessSchema = z.object({ access_token: z.string() });

/**
 * Asks a registry's own endpoint what it holds, by its token exchange: https://azure.github.io/acr/AAD-OAuth.html. The tokens stay in here.
 *
 * @param loginServer - the registry's host.
 * @throws Error when the host is not Azure's: no token goes there.
 */
export const registrySession = (loginServer: string): RegistrySession => {
  const { hostname } = new URL(`https://${loginServer}`);
  if (hostname !== loginServer.toLowerCase() || !hostname.endsWith(currentCloud().registrySuffix)) {
    throw new Error(`The registry's host ${loginServer} is not one of Azure's: it is not asked.`);
  }
  let refreshToken: Promise<string> | undefined;
  const exchange = async (): Promise<string> => {
    const token = await appCredential().getToken(resourceManagerScope(currentCloud()));
    const form = { grant_type: 'access_token', service: loginServer, access_token: token?.token ?? '' };
    return (await postForm(loginServer, 'exchange', form, refreshSchema)).refresh_token;
  };
  return {
    async find(image) {
      refreshToken ??= exchange();
      const { repository, reference } = splitReference(image);
      const form = {
        grant_type: 'refresh_token',
        service: loginServer,
        scope: `repository:${repository}:pull`,
        refresh_token: await refreshToken,
      };
      const { access_token } = await postForm(loginServer, 'token', form, accessSchema);
      const { status, headers } = await sendPlain(
        'HEAD',
        `https://${loginServer}/v2/${repository}/manifests/${encodeURIComponent(reference)}`,
        { headers: { Accept: MANIFEST_TYPES, Authorization: `Bearer ${access_token}` } },
      );
      if (status === 200) return { digest: headers.get('docker-content-digest') };
      if (status === 404) return undefined;
      throw refusal(loginServer, status);
    },
  };
};

const postForm = async <T>(
  host: string,
  path: 'exchange' | 'token',
  form: Record<string, string>,
  schema: z.ZodType<T>,
): Promise<T> => {
  const { status, bodyAsText } = await sendPlain('POST', `https://${host}/oauth2/${path}`, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  });
  if (status !== 200) throw refusal(host, status);
  return schema.parse(JSON.parse(bodyAsText ?? ''));
};

const refusal = (host: string, status: number): AzureOperationError =>
  new AzureOperationError({
    code: `HttpStatus${status}`,
    message: `The registry ${host} answered HTTP ${status}.`,
    status,
  });

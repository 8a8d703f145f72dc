import { z } from 'zod';
import { REGISTRY_TAG, type RegistryCredentials } from '../../deployment/names/registry-credentials.ts';
import { askVault } from '../ask-vault.ts';
import { currentExchange } from '../exchange.ts';
import { AzureOperationError, parseErrorBody } from '../failures/azure-failure.ts';

/** The code of a secret that cannot be used whatever is tried: refused, absent, or not meant for the registry. */
export const UNREADABLE = 'RegistryCredentialUnreadable';

const secretSchema = z.object({ value: z.string(), tags: z.record(z.string(), z.string()).nullish() });

/**
 * Reads a registry's user name and password from the vault. They must stay within the call of the activity that asked.
 *
 * @throws AzureOperationError `RegistryCredentialUnreadable`, or what the vault answered when asking again may help.
 */
export const readRegistryCredentials = async ({
  registry,
  usernameSecretId,
  passwordSecretId,
}: RegistryCredentials): Promise<{ readonly username: string; readonly password: string }> => {
  const username = await readSecret(usernameSecretId, registry);
  return { username, password: await readSecret(passwordSecretId, registry) };
};

/** Source: https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret */
const readSecret = async (id: string, registry: string): Promise<string> => {
  const { status, bodyAsText } = await askVault('GET', new URL(id));
  const { correlationId } = currentExchange();
  if (status !== 200) {
    const body = parseErrorBody(bodyAsText ?? undefined);
    const isFinal = status === 401 || status === 403 || status === 404;
    const code = isFinal ? UNREADABLE : (body?.code ?? `HttpStatus${status}`);
    const reason = body?.message ?? `the vault answered HTTP ${status}.`;
    throw new AzureOperationError({ code, message: `${id} cannot be read: ${reason}`, status, correlationId });
  }
  const { value, tags } = parseSecret(id, bodyAsText ?? '');
  if (tags?.[REGISTRY_TAG]?.toLowerCase() === registry) return value;
  const tagged = tags?.[REGISTRY_TAG];
  const meant = tagged === undefined ? 'has no such tag' : `is tagged for ${tagged}`;
  const message = `${id} may not be sent to ${registry}: it takes the tag ${REGISTRY_TAG}=${registry}, and the secret ${meant}.`;
  throw new AzureOperationError({ code: UNREADABLE, message, correlationId });
};

/** No error may quote what could not be parsed: it holds the secret. */
const parseSecret = (id: string, text: string): z.infer<typeof secretSchema> => {
  const parsed = secretSchema.safeParse(parseJson(id, text));
  if (parsed.success) return parsed.data;
  throw new AzureOperationError({ code: 'UnexpectedAnswer', message: `The vault answered no secret for ${id}.` });
};

const parseJson = (id: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new AzureOperationError({ code: 'PARSE_ERROR', message: `The vault's answer for ${id} is not whole.` });
  }
};

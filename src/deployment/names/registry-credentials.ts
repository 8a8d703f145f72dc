import { z } from 'zod';
import { splitSource } from './image.ts';

/**
 * The tag by which whoever keeps a secret says to which registry it may be sent. Without it a caller of the API could have any secret that the service may read
 * sent to a registry of his own.
 */
export const REGISTRY_TAG = 'airflow-on-aks-registry';

/** Which cloud's vault it is, is checked before a token goes there. Source: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
const secretIdPattern =
  /^https:\/\/[a-z][a-z0-9-]{1,22}[a-z0-9]\.vault\.(?:azure\.net|azure\.cn|usgovcloudapi\.net)\/secrets\/[0-9a-z-]{1,127}(?:\/[0-9a-f]{32})?$/i;

const secretId = z
  .string()
  .regex(
    secretIdPattern,
    'must be the id of a Key Vault secret: https://<vault>.vault.azure.net/secrets/<name>, or with /<version>',
  );

/** Where the user name and the password for a registry are. The values themselves are in no request, input or history. */
export const registryCredentialsSchema = z.strictObject({
  registry: z
    .string()
    .regex(
      /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
      "must be the registry's host as the sources of the images have it, in lower case, e.g. docker.io",
    )
    .meta({ title: 'Registry', description: 'The host of the registry, as the sources of the images have it' }),
  usernameSecretId: secretId.meta({
    title: 'User name secret',
    description: 'The id of the Key Vault secret that holds the user name',
  }),
  passwordSecretId: secretId.meta({
    title: 'Password secret',
    description: 'The id of the Key Vault secret that holds the password or access token',
  }),
});

export type RegistryCredentials = z.infer<typeof registryCredentialsSchema>;

/** The same as they are stored: read without the rules for what callers may send. */
export const storedCredentialsSchema: z.ZodType<RegistryCredentials> = z.looseObject({
  registry: z.string(),
  usernameSecretId: z.string(),
  passwordSecretId: z.string(),
});

/** The credentials for the registry that an image comes from. */
export const credentialsFor = (
  source: string,
  credentials: readonly RegistryCredentials[] | undefined,
): RegistryCredentials | undefined => {
  const { registryUri } = splitSource(source);
  return credentials?.find(({ registry }) => registry === registryUri.toLowerCase());
};

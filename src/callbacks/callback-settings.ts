import { createHash } from 'node:crypto';
import { z } from 'zod';
import { currentCloud } from '../azure/settings/cloud.ts';

/**
 * Where callbacks may go when the setting does not say: Logic Apps in the service's own cloud (their callback URLs look like
 * `https://prod-12.westeurope.logic.azure.com:443/workflows/…`) and ServiceNow, commercial and for the US government. Power Platform has the same
 * hosts in its list of endpoints: https://learn.microsoft.com/power-automate/ip-address-configuration
 */
const defaultHosts = (environment: NodeJS.ProcessEnv): string =>
  `${currentCloud(environment).logicAppsHosts}, *.service-now.com, *.servicenowservices.com`;

const HOST_PATTERN = /^(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/;

/** AES-256. */
const KEY_BYTES = 32;
/** What the Standard Webhooks specification allows: 192 to 512 bits. */
const SECRET_BYTES = { least: 24, most: 64 };

const list = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(/[\s,]+/).filter((entry) => entry !== '') : value;

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

const settingsSchema = z.object({
  /** Host names, `*.` before one for all below it, `:port` after one that does not listen on 443. */
  CALLBACK_ALLOWED_HOSTS: z.preprocess(
    list,
    z.array(
      z.string().toLowerCase().regex(HOST_PATTERN, 'must list host names such as hooks.example.com or *.example.com'),
    ),
  ),
  /** One or more keys of 32 bytes in base64: the first seals, all open. */
  CALLBACK_ENCRYPTION_KEY: z.preprocess(
    list,
    z
      .array(
        z
          .string()
          .refine(
            (text) => base64.test(text) && bytesOf(text).length === KEY_BYTES,
            `must be ${KEY_BYTES} bytes in base64, as "openssl rand -base64 ${KEY_BYTES}" makes them`,
          ),
      )
      .optional(),
  ),
  /** One or more secrets as the specification writes them: each message carries a signature by every one. */
  CALLBACK_SIGNING_SECRET: z.preprocess(
    list,
    z
      .array(
        z
          .string()
          .refine(
            (text) => isSecret(text),
            `must be whsec_ and ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes in base64, as "echo whsec_$(openssl rand -base64 32)" makes them`,
          ),
      )
      .optional(),
  ),
});

const isSecret = (text: string): boolean => {
  const [prefix, encoded = ''] = text.split('_');
  const { length } = bytesOf(encoded);
  return prefix === 'whsec' && base64.test(encoded) && length >= SECRET_BYTES.least && length <= SECRET_BYTES.most;
};

export interface EncryptionKey {
  /** Says which key sealed a text: the first 32 bits of the key's SHA-256. */
  readonly id: string;
  readonly bytes: Buffer;
}

export interface CallbackSettings {
  readonly allowedHosts: readonly string[];
  /** Empty when the service is not set up for callbacks. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly signingSecrets: readonly Buffer[];
}

/**
 * The app settings that callbacks need, checked. Both secrets may be Key Vault references: the platform resolves them before the app sees them.
 *
 * @throws Error naming the setting at fault, without its value.
 */
export const readCallbackSettings = (environment: NodeJS.ProcessEnv = process.env): CallbackSettings => {
  const parsed = settingsSchema.safeParse({
    ...environment,
    CALLBACK_ALLOWED_HOSTS: environment.CALLBACK_ALLOWED_HOSTS || defaultHosts(environment),
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`The app setting ${String(issue?.path[0])} ${issue?.message}.`, { cause: parsed.error });
  }
  const { CALLBACK_ALLOWED_HOSTS, CALLBACK_ENCRYPTION_KEY = [], CALLBACK_SIGNING_SECRET = [] } = parsed.data;
  return {
    allowedHosts: CALLBACK_ALLOWED_HOSTS,
    encryptionKeys: CALLBACK_ENCRYPTION_KEY.map(bytesOf).map((bytes) => ({ id: keyIdOf(bytes), bytes })),
    signingSecrets: CALLBACK_SIGNING_SECRET.map((secret) => bytesOf(secret.replace(/^whsec_/, ''))),
  };
};

const keyIdOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 8);

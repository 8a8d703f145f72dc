import { z } from 'zod';
import { lockLevels } from '../../deployment/names/management-lock.ts';
import { baseUrlSchema } from './base-url.ts';
import { defaultTagsSchema, requiredTagsSchema } from './tag-settings.ts';

/** An empty setting is one that is not set: templates leave such. */
const setting = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

const optionalText = setting(z.string().trim().optional());

const whole = (most: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most}`);

const count = (most: number, preset: number) => setting(whole(most).default(preset));

const optionalCount = (most: number) => setting(whole(most).optional());

/** A list that is there allows what it names and nothing else: one of nothing would be a mistake. */
const listOf = (pattern: RegExp, rule: string) =>
  setting(
    z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.string().regex(pattern, rule)))
      .optional(),
  );

const API_VERSION = /^(microsoft\.[a-z]+)=(\d{4}-\d\d-\d\d(?:-preview)?)$/i;

/** `Microsoft.ContainerService=2025-05-01, …` as a record, the namespaces in lower case. */
const apiVersions = setting(
  z
    .string()
    .default('')
    .transform((text, context): Readonly<Record<string, string | undefined>> => {
      const entries = text.split(/[\s,]/).filter((entry) => entry !== '');
      if (entries.every((entry) => API_VERSION.test(entry))) {
        return Object.fromEntries(entries.map((entry) => entry.toLowerCase().split('=')));
      }
      context.addIssue('must list entries such as Microsoft.ContainerService=2025-05-01');
      return z.NEVER;
    }),
);

const settingsSchema = z.object({
  /** The subscription of deployments that name none. */
  AZURE_SUBSCRIPTION_ID: setting(
    z
      .guid('must be a GUID')
      .transform((text) => text.toLowerCase())
      .optional(),
  ),
  /** AzureCloud (default), AzureChinaCloud or AzureUSGovernment. */
  AZURE_CLOUD: optionalText,
  /** Older api-versions, by provider, for a cloud that does not have those of the SDK clients yet. */
  AZURE_API_VERSIONS: apiVersions,
  /** The client id of the user-assigned identity that the app runs as; the system-assigned one or the developer's when absent. */
  AZURE_CLIENT_ID: optionalText,
  /** Set by the Functions platform where a managed identity can be had. */
  IDENTITY_ENDPOINT: optionalText,
  /** Injected by the platform: whether its own sign-in (Easy Auth) stands before the app. Source: learn.microsoft.com/azure/app-service/reference-app-settings */
  WEBSITE_AUTH_ENABLED: optionalText,
  /** Sends every request to the Azure simulator at this loopback URL. */
  AZURE_SIMULATOR_URL: optionalText,
  /** How many images are imported at once. */
  IMAGE_IMPORT_CONCURRENCY: count(50, 6),
  /** Whether the preflight asks public registries for the images: these are hosts outside of Azure. */
  CHECK_SOURCE_IMAGES: setting(
    z
      .enum(['true', 'false'], 'must be true or false')
      .default('true')
      .transform((text) => text === 'true'),
  ),
  /** How many deployments run at once in one subscription; the others wait their turn. */
  MAX_RUNNING_DEPLOYMENTS: count(1000, 25),
  /** How many of them one caller may have, where callers are told apart; as many as the subscription takes when absent. */
  MAX_RUNNING_DEPLOYMENTS_PER_CALLER: optionalCount(1000),
  /** The locations that a deployment may be in; any when absent. */
  ALLOWED_LOCATIONS: listOf(/^[a-z0-9]{3,50}$/, 'must be locations such as canadacentral, separated by commas'),
  /** The VM sizes that nodes may have, a `*` at the end for any rest; any when absent. */
  ALLOWED_VM_SIZES: listOf(
    /^Standard_[A-Za-z0-9_-]{0,60}\*?$/,
    'must be VM sizes such as Standard_DS4_v2 or Standard_D*, separated by commas',
  ),
  /** How many nodes a cluster may have. */
  MAX_NODE_COUNT: optionalCount(1000),
  /** The hosts of the registries that images may come from; any when absent. */
  ALLOWED_IMAGE_REGISTRIES: listOf(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'must be hosts of registries such as docker.io, in lower case, separated by commas',
  ),
  /** When all deployments are checked for drift, as a timer trigger's schedule of six fields; never when absent. */
  DRIFT_SCHEDULE: optionalText,
  /** The address under which callers reach the service behind a gateway; what the requests say when absent. */
  PUBLIC_BASE_URL: setting(baseUrlSchema.optional()),
  /** Tags that every resource gets, unless the request gives the same name: `cost-center=123,env=prod`, or a JSON object. */
  DEFAULT_TAGS: setting(defaultTagsSchema.default({})),
  /** Names of tags that every deployment must have: `cost-center,env`. */
  REQUIRED_TAGS: setting(requiredTagsSchema.default([])),
  /** Has every deployment lock what it made, whether the request asks for it or not. */
  DEPLOYMENT_LOCK: setting(z.enum(lockLevels, `must be ${lockLevels.join(' or ')}`).optional()),
  /** How many days the parts of a run that ended are kept; the record of each deployment's last run always is. */
  RETENTION_DAYS: count(3650, 30),
});

export type Settings = z.infer<typeof settingsSchema>;

/**
 * The app settings (environment variables) that the app reads, checked.
 *
 * @throws Error naming the setting at fault.
 */
export const readSettings = (environment: NodeJS.ProcessEnv = process.env): Settings => {
  const texts = JSON.stringify(settingNames.map((name) => environment[name]));
  if (lastRead?.texts === texts) return lastRead.settings;
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) throw misconfigured(parsed.error);
  lastRead = { texts, settings: parsed.data };
  return parsed.data;
};

const settingNames = settingsSchema.keyof().options;

// Every request to Azure asks for settings, and to check all of them costs as much as to prepare the request.
let lastRead: { readonly texts: string; readonly settings: Settings } | undefined;

// Read alone: the cloud is asked for where only this one setting is at hand.
const cloudAlone = settingsSchema.pick({ AZURE_CLOUD: true });

/** The setting AZURE_CLOUD. */
export const readCloudName = ({ AZURE_CLOUD }: NodeJS.ProcessEnv): Settings['AZURE_CLOUD'] =>
  cloudAlone.parse({ AZURE_CLOUD }).AZURE_CLOUD;

const misconfigured = (error: z.ZodError): Error => {
  const issue = error.issues[0];
  return new Error(`The app setting ${issue?.path.join('.')} ${issue?.message}.`, { cause: error });
};

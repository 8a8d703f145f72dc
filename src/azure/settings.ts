import { z } from 'zod';

const optionalText = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

const settingsSchema = z.object({
  /** The subscription of deployments that name none. */
  AZURE_SUBSCRIPTION_ID: optionalText,
  /** AzureCloud (default), AzureChinaCloud or AzureUSGovernment. */
  AZURE_CLOUD: optionalText,
  /** The client id of the user-assigned identity that the app runs as; the system-assigned one or the developer's when absent. */
  AZURE_CLIENT_ID: optionalText,
  /** Set by the Functions platform where a managed identity can be had. */
  IDENTITY_ENDPOINT: optionalText,
  /** Sends every request to the Azure simulator at this loopback URL. */
  AZURE_SIMULATOR_URL: optionalText,
  /** How many images are imported at once. */
  IMAGE_IMPORT_CONCURRENCY: z.coerce.number().int().min(1).max(50).default(6),
  /** How many deployments run at once in one subscription; the others wait their turn. */
  MAX_RUNNING_DEPLOYMENTS: z.coerce.number().int().min(1).max(1000).default(25),
  /** How many days the parts of a run that ended are kept; the record of each deployment's last run always is. */
  RETENTION_DAYS: z.coerce.number().min(0).max(3650).default(30),
});

export type Settings = z.infer<typeof settingsSchema>;

/**
 * The app settings (environment variables) that the app reads, checked.
 *
 * @throws Error naming the setting at fault.
 */
export const readSettings = (environment: NodeJS.ProcessEnv = process.env): Settings => {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`The app setting ${issue?.path.join('.')} is wrong: ${issue?.message}.`, { cause: parsed.error });
};

/** Settings that the Functions host or a library reads. */
export const READ_BY_OTHERS: ReadonlySet<string> = new Set([
  // The host sends its own telemetry there, with telemetryMode in host.json: learn.microsoft.com/azure/azure-functions/opentelemetry-howto
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  // learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
  // infra/backends/durable-task-scheduler.json names both.
  'DURABLE_TASK_SCHEDULER_CONNECTION_STRING',
  'TASKHUB_NAME',
]);

/** Settings of the app that the platform makes, that a library of it makes, or that only the local emulators use. */
export const NOT_SETTABLE: ReadonlySet<string> = new Set([
  'APPLICATION_INSIGHTS_NO_STATSBEAT',
  'AZURE_SIMULATOR_URL',
  'IDENTITY_ENDPOINT',
  'REGION_NAME',
  'WEBSITE_AUTH_ENABLED',
  'WEBSITE_INSTANCE_ID',
  'WEBSITE_SITE_NAME',
]);

/** The keys of a zod object over the environment, and what is taken from the environment directly. */
const KEY = /^[ \t]+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+):/gm;
const DIRECT = /\b(?:environment|env)\.([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g;

/**
 * The app settings that a source file reads, as far as their names stand in it.
 *
 * @param code - one TypeScript file.
 */
export const settingsIn = (code: string): readonly string[] => {
  if (!code.includes('NodeJS.ProcessEnv') && !code.includes('process.env')) return [];
  const keys = code.includes('z.object(') ? [...code.matchAll(KEY)] : [];
  return [...keys, ...code.matchAll(DIRECT)].map(([, name = '']) => name);
};

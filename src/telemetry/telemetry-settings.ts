import { z } from 'zod';

/** An empty setting is one that is not set: templates leave such. */
const setting = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

const text = setting(z.string().trim().optional());

const milliseconds = setting(
  z.coerce.number('must be a number').int('must be a whole number').min(100, 'must be at least 100').default(60_000),
);

const settingsSchema = z.object({
  /** Where telemetry goes in Azure; injected by the platform when Application Insights is linked. */
  APPLICATIONINSIGHTS_CONNECTION_STRING: text,
  /**
   * `Authorization=AAD`, with `ClientId=…;` before it for a user-assigned identity: Application Insights takes telemetry of that identity only.
   * Source: https://learn.microsoft.com/azure/azure-functions/functions-app-settings#applicationinsights_authentication_string
   */
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: text,
  /** Where telemetry goes over OTLP/HTTP, e.g. `http://localhost:4318`. */
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    z.url({ protocol: /^https?$/, error: 'must be an http or https URL such as http://localhost:4318' }).optional(),
  ),
  /** gRPC is left out for its weight: every collector takes OTLP over HTTP too, on port 4318 by default. */
  OTEL_EXPORTER_OTLP_PROTOCOL: setting(
    z
      .enum(['http/protobuf', 'http/json'], 'must be http/protobuf or http/json; gRPC is not supported')
      .default('http/protobuf'),
  ),
  /** How often metrics are sent, in milliseconds. */
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds,
  /** The platform's: the app's name and region, and which of its instances this is. */
  WEBSITE_SITE_NAME: text,
  REGION_NAME: text,
  WEBSITE_INSTANCE_ID: text,
});

export type TelemetrySettings = z.infer<typeof settingsSchema>;

/**
 * The settings of telemetry, checked; the names are those of Azure Functions and of OpenTelemetry.
 *
 * @throws Error naming the setting at fault.
 */
export const readTelemetrySettings = (environment: NodeJS.ProcessEnv = process.env): TelemetrySettings => {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`The app setting ${issue?.path.join('.')} ${issue?.message}.`, { cause: parsed.error });
};

/** Whether telemetry goes anywhere. */
export const isTelemetryOn = (settings: TelemetrySettings): boolean =>
  settings.APPLICATIONINSIGHTS_CONNECTION_STRING !== undefined || settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;

import { app } from '@azure/functions';
import type { Exporters } from './exporters.ts';
import { watchInvocations } from './invocation-hooks.ts';
import { isTelemetryOn, readTelemetrySettings, type TelemetrySettings } from './telemetry-settings.ts';

/**
 * Begins to watch invocations, and to send what is seen where the settings say: to Application Insights, over OTLP, or both. Without either nothing of
 * OpenTelemetry is loaded but its API, whose calls then do nothing. To be called before anything else of the app runs.
 *
 * @returns whether telemetry goes anywhere.
 * @throws Error naming a setting that is wrong.
 */
export const startTelemetry = async (settings: TelemetrySettings = readTelemetrySettings()): Promise<boolean> => {
  watchInvocations();
  if (!isTelemetryOn(settings)) return false;
  const [{ registerProviders }, { forwardLogs }, { makeDeploymentGauges }, destinations] = await Promise.all([
    import('./providers.ts'),
    import('./forward-logs.ts'),
    import('./deployment-gauges.ts'),
    destinationsOf(settings),
  ]);
  const flush = registerProviders(destinations, settings);
  forwardLogs();
  makeDeploymentGauges();
  app.hook.appTerminate(flush);
  return true;
};

const destinationsOf = async (settings: TelemetrySettings): Promise<readonly Exporters[]> => {
  const destinations: Exporters[] = [];
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString } = settings;
  if (connectionString !== undefined) {
    const { azureMonitorExporters } = await import('./azure-monitor-exporters.ts');
    destinations.push(azureMonitorExporters(connectionString, settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING));
  }
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { otlpExporters } = await import('./otlp-exporters.ts');
    destinations.push(await otlpExporters(settings.OTEL_EXPORTER_OTLP_PROTOCOL));
  }
  return destinations;
};

import { ManagedIdentityCredential } from '@azure/identity';
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { authenticationOf } from './authentication-string.ts';
import type { Exporters } from './exporters.ts';

/** Application Insights, as the identity that the authentication string names; by the connection string's key alone without one. */
export const azureMonitorExporters = (connectionString: string, authentication: string | undefined): Exporters => {
  const identity = authenticationOf(authentication);
  // The exporter's reports on itself, to Microsoft. Nobody asked for them.
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= 'true';
  const options = {
    connectionString,
    ...(identity && { credential: new ManagedIdentityCredential({ ...identity }) }),
  };
  return {
    traces: new AzureMonitorTraceExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
    logs: new AzureMonitorLogExporter(options),
  };
};

import { app, type LogLevel } from '@azure/functions';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { fieldsOfThisLine } from './log.ts';
import { SCOPE } from './telemetry-names.ts';

const severities: Readonly<Record<LogLevel, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  information: SeverityNumber.INFO,
  warning: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  critical: SeverityNumber.FATAL,
  none: SeverityNumber.UNSPECIFIED,
};

/**
 * Sends every log line of the app from here, with its fields, and tells the host not to: as `@azure/functions-opentelemetry-instrumentation` 0.2.0 does (the host
 * then filters `Function.*`: azure-functions-host `OpenTelemetryConfigurationExtensions.cs`, `ScriptHost.WorkerOpenTelemetryEnabled`).
 */
export const forwardLogs = (): void => {
  app.setup({ capabilities: { WorkerOpenTelemetryEnabled: true } });
  const logger = logs.getLogger(SCOPE);
  app.hook.log(({ level, message, category, invocationContext }) => {
    // Not of worth to whoever reads the service's log: the SDKs' own chatter.
    if (severities[level] < SeverityNumber.INFO) return;
    logger.emit({
      body: message,
      severityNumber: severities[level],
      severityText: level,
      attributes: {
        ...(invocationContext && {
          'faas.name': invocationContext.functionName,
          'faas.invocation_id': invocationContext.invocationId,
        }),
        'log.category': category,
        ...fieldsOfThisLine(),
      },
    });
  });
};

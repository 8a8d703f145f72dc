/** The instrumentation scope of everything that the app sends. */
export const SCOPE = 'airflow-on-aks';

/**
 * Attributes of spans and logs. In Application Insights they are `customDimensions`; the queries in infra/queries know them by these names.
 */
export const attributes = {
  /** The deployment's id. */
  deployment: 'airflow_on_aks.deployment',
  /** The deployment's run. */
  run: 'airflow_on_aks.run',
  /** The step's name in the status, e.g. `key-vault`. */
  step: 'airflow_on_aks.step',
  /** 1 and one more for each retry of the step so far. */
  attempt: 'airflow_on_aks.attempt',
  /** Azure's error code, or the network's. */
  code: 'airflow_on_aks.code',
  /** What happened, one word of {@link events}: the stable part of a log line. */
  event: 'airflow_on_aks.event',
  /** How long it took, in seconds of the orchestration's clock. */
  seconds: 'airflow_on_aks.seconds',
  /** The deployment's status at its end. */
  status: 'airflow_on_aks.status',
  /** `x-ms-correlation-request-id`: what Azure's activity log and its support know a request by. */
  correlationId: 'az.correlation_request_id',
  /** `x-ms-request-id`; this name and the next two are those of Azure's own SDKs (Azure.Core, `az.service_request_id`). */
  serviceRequestId: 'az.service_request_id',
  /** `x-ms-client-request-id`: what the SDK called the request. */
  clientRequestId: 'az.client_request_id',
  /** The resource provider that was asked, e.g. `Microsoft.KeyVault`. */
  provider: 'az.namespace',
} as const;

/** The values of {@link attributes.event}. */
export const events = {
  requestAnswered: 'request-answered',
  stepRunning: 'step-running',
  stepRetries: 'step-retries',
  stepSucceeded: 'step-succeeded',
  stepFailed: 'step-failed',
  preflightFinding: 'preflight-finding',
  deploymentEnded: 'deployment-ended',
  undoEnded: 'undo-ended',
  deploymentStuck: 'deployment-stuck',
  callbackFailed: 'callback-failed',
} as const;

export type EventName = (typeof events)[keyof typeof events];

/** Metrics. In Application Insights each is a `name` in `customMetrics`, its attributes are `customDimensions`. */
export const metricNames = {
  /** Gauge {status}: how many deployments there are. */
  deployments: 'airflow_on_aks.deployments',
  /** Gauge: how many of them run and get no further. */
  stuck: 'airflow_on_aks.deployments.stuck',
  /** Counter {status}. */
  ended: 'airflow_on_aks.deployments.ended',
  /** Histogram {step, outcome}, seconds. */
  stepDuration: 'airflow_on_aks.step.duration',
  /** Counter {step, class, code}. */
  stepRetries: 'airflow_on_aks.step.retries',
  /** Counter {provider}: answers 429 of Resource Manager. */
  throttled: 'airflow_on_aks.arm.throttled',
} as const;

/** Attributes of metrics: few values each, since every combination is a time series. */
export const metricAttributes = {
  status: 'status',
  step: 'step',
  outcome: 'outcome',
  class: 'class',
  code: 'code',
  provider: 'provider',
} as const;

/** A step's kind: all images, and all deletions, are one kind. */
export const stepKind = (step: string): string => step.split(':', 1)[0] ?? step;

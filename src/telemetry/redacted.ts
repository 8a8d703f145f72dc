import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { redactSecrets } from '../deployment/names/text/redact-secrets.ts';

/** Takes secrets out of every text of every span, whoever wrote it, at the last moment before it leaves. */
export const redactedSpans = (inner: SpanExporter): SpanExporter => ({
  export: (spans, done) => inner.export(spans.map(redactedSpan), done),
  shutdown: () => inner.shutdown(),
  forceFlush: async () => inner.forceFlush?.(),
});

/** The same for logs. */
export const redactedLogs = (inner: LogRecordExporter): LogRecordExporter => ({
  export: (records, done) => inner.export(records.map(redactedRecord), done),
  shutdown: () => inner.shutdown(),
  forceFlush: async () => inner.forceFlush?.(),
});

/** The copy keeps the original's methods and getters through its prototype. */
const redactedSpan = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    name: { value: redactSecrets(span.name) },
    attributes: { value: redactedValue(span.attributes) },
    status: { value: redactedValue(span.status) },
    events: { value: redactedValue(span.events) },
  });

const redactedRecord = (record: ReadableLogRecord): ReadableLogRecord =>
  Object.create(record, {
    body: { value: redactedValue(record.body) },
    attributes: { value: redactedValue(record.attributes) },
  });

const redactedValue = (value: unknown): unknown => {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactedValue);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactedValue(each)]));
};

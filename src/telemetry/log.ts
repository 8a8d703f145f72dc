import type { InvocationContext } from '@azure/functions';
import { logText } from './log-text.ts';
import { currentSubject, type Subject, subjectAttributes } from './subject.ts';
import { attributes, type EventName } from './telemetry-names.ts';

/** What a log line says beside its text. */
export interface LogFields extends Subject {
  readonly event: EventName;
  readonly code?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly seconds?: number | undefined;
  readonly status?: string | undefined;
}

let ofThisLine: Record<string, string | number> | undefined;

/**
 * The app's log. A line goes through the invocation's context, so that host.json's log levels hold for it and it is correlated with the
 * invocation; its fields stand at its end as `key=value` for whoever reads text, and become attributes where logs are exported. Secrets are taken out here and
 * again by the log hook, which sees every line of the app.
 */
export const log = (
  context: Pick<InvocationContext, 'info' | 'warn' | 'error' | 'debug'>,
  level: 'info' | 'warn' | 'error' | 'debug',
  text: string,
  fields: LogFields,
): void => {
  const all = attributesOf(fields);
  const suffix = Object.entries(all).map(([name, value]) => `${name.split('.').at(-1)}=${inText(value)}`);
  ofThisLine = all;
  try {
    context[level](logText(`${text} (${suffix.join(' ')})`));
  } finally {
    ofThisLine = undefined;
  }
};

/** The fields of the line that is being written; log hooks are called while it is. */
export const fieldsOfThisLine = (): Readonly<Record<string, string | number>> => ofThisLine ?? {};

const attributesOf = (fields: LogFields): Record<string, string | number> => ({
  [attributes.event]: fields.event,
  ...subjectAttributes({ ...currentSubject(), ...fields }),
  ...(fields.code !== undefined && { [attributes.code]: fields.code }),
  ...(fields.correlationId !== undefined && { [attributes.correlationId]: fields.correlationId }),
  ...(fields.seconds !== undefined && { [attributes.seconds]: fields.seconds }),
  ...(fields.status !== undefined && { [attributes.status]: fields.status }),
});

const inText = (value: string | number): string =>
  /^[\w.:/@-]+$/.test(`${value}`) ? `${value}` : JSON.stringify(value);

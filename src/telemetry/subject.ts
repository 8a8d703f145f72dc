import { AsyncLocalStorage } from 'node:async_hooks';
import { attributes } from './telemetry-names.ts';

/** What an invocation is about. */
export interface Subject {
  readonly deployment?: string | undefined;
  readonly run?: string | undefined;
  readonly step?: string | undefined;
  readonly attempt?: number | undefined;
}

const storage = new AsyncLocalStorage<Subject>();

/** Runs `action` so that spans and logs within know what they are about. */
export const withSubject = <T>(subject: Subject, action: () => T): T => storage.run(subject, action);

/** What the running invocation is about; empty outside of any. */
export const currentSubject = (): Subject => storage.getStore() ?? {};

/** The subject as attributes of a span or log. */
export const subjectAttributes = ({ deployment, run, step, attempt }: Subject): Record<string, string | number> => ({
  ...(deployment !== undefined && { [attributes.deployment]: deployment }),
  ...(run !== undefined && { [attributes.run]: run }),
  ...(step !== undefined && { [attributes.step]: step }),
  ...(attempt !== undefined && { [attributes.attempt]: attempt }),
});

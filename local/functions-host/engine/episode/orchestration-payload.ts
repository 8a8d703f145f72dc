import { REPLAY_SCHEMAS } from '../../imitated-versions.ts';
import { timeSpanOf } from './timestamp.ts';

/**
 * Events as JSON texts, joined as they stand in an array; parts may be joined already, or empty. What is past is kept joined: putting together
 * thousands of texts for every episode costs more than the host's whole replay.
 */
export const joinEvents = (parts: readonly string[]): string =>
  // By `+`, which copies nothing until the whole is read; `join` would copy the past each time.
  parts.reduce((whole, part) => (whole === '' || part === '' ? whole + part : `${whole},${part}`), '');

/** What the payload of an episode is made of. */
export interface PayloadInput {
  /** All events, past and new, as parts of {@link joinEvents}. */
  readonly history: readonly string[];
  /** JSON text of the execution's input. */
  readonly input: string | null;
  readonly instanceId: string;
  readonly isReplaying: boolean;
  readonly parentInstanceId: string | null;
  readonly maximumShortTimerMs: number;
  readonly longTimerIntervalMs: number;
  readonly defaultHttpSleepMs: number;
}

/**
 * The JSON that an orchestrator function receives (durable extension OrchestrationTriggerAttributeBindingProvider.cs,
 * OrchestrationContextToString). The misspelt last name is the real one.
 */
export const orchestrationPayload = (input: PayloadInput): string => {
  const rest = JSON.stringify({
    instanceId: input.instanceId,
    isReplaying: input.isReplaying,
    parentInstanceId: input.parentInstanceId,
    upperSchemaVersion: REPLAY_SCHEMAS.newestForOldSdks,
    upperSchemaVersionNew: REPLAY_SCHEMAS.newest,
    longRunningTimerIntervalDuration: timeSpanOf(input.longTimerIntervalMs),
    maximumShortTimerDuration: timeSpanOf(input.maximumShortTimerMs),
    defaultHttpAsyncRequestSleepTimeMillseconds: input.defaultHttpSleepMs,
  });
  return `{"history":[${joinEvents(input.history)}],"input":${input.input ?? 'null'},${rest.slice(1)}`;
};

import { timeSpanOf } from './timestamp.ts';

/** What the payload of an episode is made of. */
export interface PayloadInput {
  /** JSON texts of all events, past and new. */
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
 * OrchestrationContextToString). The misspelt last name is the real one. Replay schema V4 is advertised.
 */
export const orchestrationPayload = (input: PayloadInput): string => {
  const rest = JSON.stringify({
    instanceId: input.instanceId,
    isReplaying: input.isReplaying,
    parentInstanceId: input.parentInstanceId,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: timeSpanOf(input.longTimerIntervalMs),
    maximumShortTimerDuration: timeSpanOf(input.maximumShortTimerMs),
    defaultHttpAsyncRequestSleepTimeMillseconds: input.defaultHttpSleepMs,
  });
  return `{"history":[${input.history.join(',')}],"input":${input.input ?? 'null'},${rest.slice(1)}`;
};

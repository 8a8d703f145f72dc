import { availableParallelism } from 'node:os';
import type { EngineOptions } from './engine-options.ts';

const DAY_MS = 24 * 3600 * 1000;

/** The engine's options with the durable extension's defaults filled in. */
export interface Settings {
  readonly defaultVersion: string;
  readonly versionMatchStrategy: 'None' | 'Strict' | 'CurrentOrOlder';
  readonly versionFailureStrategy: 'Reject' | 'Fail';
  readonly maxActivities: number;
  readonly maxOrchestrators: number;
  readonly maxEntities: number;
  readonly maxEntityBatch: number;
  readonly storeInputs: boolean;
  readonly overrideAnyState: boolean;
  readonly defaultHttpSleepMs: number;
  readonly maximumShortTimerMs: number;
  readonly longTimerIntervalMs: number;
  readonly messagesFirst: boolean;
}

/** @see Settings */
export const settingsOf = (options: EngineOptions): Settings => {
  const given = options.settings ?? {};
  const perHost = 10 * availableParallelism();
  return {
    defaultVersion: given.defaultVersion ?? '',
    versionMatchStrategy: given.versionMatchStrategy ?? 'CurrentOrOlder',
    versionFailureStrategy: given.versionFailureStrategy ?? 'Reject',
    maxActivities: given.maxConcurrentActivityFunctions ?? perHost,
    maxOrchestrators: given.maxConcurrentOrchestratorFunctions ?? perHost,
    maxEntities: given.maxConcurrentEntityFunctions ?? perHost,
    maxEntityBatch: given.maxEntityOperationBatchSize ?? 5000,
    storeInputs: given.storeInputsInOrchestrationHistory ?? false,
    overrideAnyState: given.overridableExistingInstanceStates === 'AnyState',
    defaultHttpSleepMs: given.httpSettings?.defaultAsyncRequestSleepTimeMilliseconds ?? 30_000,
    maximumShortTimerMs: options.maximumShortTimerMs ?? 6 * DAY_MS,
    longTimerIntervalMs: options.longTimerIntervalMs ?? 3 * DAY_MS,
    messagesFirst: options.commitOrder === 'messages-first',
  };
};

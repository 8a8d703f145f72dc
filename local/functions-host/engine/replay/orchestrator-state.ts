import { z } from 'zod';
import { REPLAY_SCHEMAS } from '../../imitated-versions.ts';

/** Numbers of the actions that the JS SDK lists (durable extension AsyncActionType, durable-functions actions/ActionType). */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  ScheduledSignalEntity: 10,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

/** The largest TimeSpan that the extension's storage takes for one timer, and the default bound of a retry delay. */
const SIX_DAYS_MS = 6 * 24 * 3600 * 1000;

const retryOptions = z.object({
  firstRetryIntervalInMilliseconds: z.number().transform(Math.trunc),
  maxNumberOfAttempts: z.number(),
  backoffCoefficient: z.number().default(1),
  maxRetryIntervalInMilliseconds: z.number().transform(Math.trunc).default(SIX_DAYS_MS),
  retryTimeoutInMilliseconds: z.number().transform(Math.trunc).optional(),
});

const httpRequest = z.object({
  method: z.string(),
  uri: z.string(),
  content: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  asynchronousPatternEnabled: z.boolean().default(true),
  tokenSource: z.unknown().optional(),
});

const action = z.object({
  actionType: z.number(),
  functionName: z.string().default(''),
  input: z.unknown().optional(),
  instanceId: z.string().nullish(),
  version: z.string().nullish(),
  retryOptions: retryOptions.optional(),
  fireAt: z.string().optional(),
  isCanceled: z.boolean().default(false),
  externalEventName: z.string().default(''),
  operation: z.string().nullish(),
  httpRequest: httpRequest.optional(),
  lockSet: z.array(z.object({ name: z.string(), key: z.string() })).optional(),
  get compoundActions() {
    return z.array(action).optional();
  },
});

const orchestratorState = z.object({
  isDone: z.boolean().default(false),
  actions: z.array(z.array(action)),
  output: z.unknown().optional(),
  schemaVersion: z.number().default(REPLAY_SCHEMAS.notImitated),
  error: z.string().nullish(),
  customStatus: z.unknown().optional(),
  failureDetails: z.unknown().optional(),
});

/** Of the actions with retry; intervals in whole ms. */
export type RetryOptions = z.infer<typeof retryOptions>;
/** Of `callHttp`. */
export type DurableHttpRequest = z.infer<typeof httpRequest>;
/** One entry of the list of actions; which fields count depends on its {@link ActionType}. */
export type AsyncAction = z.infer<typeof action>;

/** What one run of the orchestrator's code hands to the host (durable extension OutOfProcOrchestratorState). */
export type OrchestratorState = z.infer<typeof orchestratorState>;

/** @throws ZodError when the text is not what an orchestrator of the JS SDK returns. */
export const parseOrchestratorState = (text: string): OrchestratorState => orchestratorState.parse(JSON.parse(text));

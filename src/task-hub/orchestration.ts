import type { OrchestrationContext as SdkContext } from 'durable-functions';

/** What orchestrators use of the SDK's context. Both majors have it; that the context is an InvocationContext too holds for 3 alone. */
export interface OrchestrationContext {
  readonly df: Pick<
    SdkContext['df'],
    | 'Task'
    | 'callActivity'
    | 'callSubOrchestrator'
    | 'continueAsNew'
    | 'createTimer'
    | 'currentUtcDateTime'
    | 'getInput'
    | 'setCustomStatus'
    | 'version'
    | 'waitForExternalEvent'
  >;
}

/** What an orchestrator yields. durable-functions 4 exports no such type, so it is read off the context. */
export type Task = ReturnType<OrchestrationContext['df']['callActivity']>;

/** The code of an orchestration. What a task gives is unknown until it is parsed. */
export type OrchestrationHandler = (context: OrchestrationContext) => Generator<Task, unknown, unknown>;

import type { OrchestrationContext } from 'durable-functions';

export type { OrchestrationContext, OrchestrationHandler } from 'durable-functions';

/** What an orchestrator yields. durable-functions 4 exports no such type, so it is read off the context, which both majors have. */
export type Task = ReturnType<OrchestrationContext['df']['callActivity']>;

import type {
  HttpFunctionOptions,
  HttpRequest,
  HttpResponseInit,
  InvocationContext,
  Timer,
  TimerFunctionOptions,
} from '@azure/functions';
import * as df from 'durable-functions';
import type { Activity, TaskHubActivity } from './activity.ts';
import { taskHubOf } from './durable-task-hub.ts';
import type { OrchestrationHandler } from './orchestration.ts';
import type { TaskHub } from './task-hub.ts';

/** The code of a route. */
export type RouteHandler = (
  request: HttpRequest,
  hub: TaskHub,
  context: InvocationContext,
) => Promise<HttpResponseInit>;

/** The code of a timer. */
export type TimerHandler = (timer: Timer, hub: TaskHub, context: InvocationContext) => Promise<void>;

/** Registers a route. */
export const registerRoute = (
  name: string,
  { handler, ...options }: Pick<HttpFunctionOptions, 'route' | 'methods' | 'authLevel'> & { handler: RouteHandler },
): void =>
  df.app.client.http(name, {
    ...options,
    handler: (request, client, context) => handler(request, taskHubOf(context, client), context),
  });

/** Registers a timer. */
export const registerTimer = (
  name: string,
  { schedule, handler }: Pick<TimerFunctionOptions, 'schedule'> & { handler: TimerHandler },
): void =>
  df.app.client.timer(name, {
    schedule,
    handler: (timer, client, context) => handler(timer, taskHubOf(context, client), context),
  });

/** Registers an orchestration. */
export const registerOrchestration = (name: string, handler: OrchestrationHandler): void => {
  df.app.orchestration(name, handler);
};

/** Registers an activity. */
export const registerActivity = (name: string, handler: Activity): void => {
  df.app.activity(name, { handler });
};

/** Registers an activity that asks the task hub for something. */
export const registerTaskHubActivity = (name: string, activity: TaskHubActivity): void => {
  df.app.activity(name, {
    extraInputs: [df.input.durableClient()],
    handler: (input, context) => activity(taskHubOf(context))(input, context),
  });
};

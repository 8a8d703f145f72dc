import type { InvocationContext } from '@azure/functions';
import type { TaskHub } from './task-hub.ts';

/** The code of an activity: its input is parsed by itself. */
export type Activity = (input: unknown, context: InvocationContext) => Promise<unknown>;

/** The code of an activity that asks the task hub for something. */
export type TaskHubActivity = (hub: TaskHub) => Activity;

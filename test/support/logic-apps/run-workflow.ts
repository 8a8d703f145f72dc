import { evaluate, type Functions } from './expression.ts';
import { type ActionResponse, type HttpClientOptions, LogicAppsHttpClient } from './http-client.ts';
import {
  type Action,
  type ActionStatus,
  actionRequestSchema,
  responseSchema,
  terminateSchema,
  type WorkflowDefinition,
} from './workflow-definition.ts';

export interface WorkflowRun {
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled';
  readonly actions: Readonly<Record<string, ActionStatus>>;
  /** What the caller of the workflow gets. */
  readonly response?: { readonly statusCode: number; readonly body: unknown };
  readonly error?: { readonly code: string; readonly message: string };
}

export interface RunOptions extends HttpClientOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly triggerBody: unknown;
  /** The address that `@listCallbackUrl()` gives, and the body of the first POST to it. */
  readonly callback?: { readonly url: string; readonly called: Promise<unknown> };
}

/** How long a webhook or an asynchronous action waits without a limit of its own: as long as a run is kept, 90 days. */
const DEFAULT_TIMEOUT_MS = 90 * 24 * 3_600_000;

/** Runs a workflow as Logic Apps does: each action once those it runs after have ended in one of the named states; otherwise it is skipped. */
export const runWorkflow = async (definition: WorkflowDefinition, options: RunOptions): Promise<WorkflowRun> => {
  const client = new LogicAppsHttpClient(options);
  const statuses: Record<string, ActionStatus> = {};
  const results: Record<string, ActionResponse> = {};
  const { callback, clock } = options;
  let response: WorkflowRun['response'];
  let terminated: Pick<WorkflowRun, 'status' | 'error'> | undefined;

  const functions: Functions = {
    parameters: (name) => options.parameters[`${name}`],
    triggerBody: () => options.triggerBody,
    body: (name) => results[`${name}`]?.body,
    outputs: (name) => results[`${name}`],
    listCallbackUrl: () => callback?.url,
    setProperty: (object, name, value) => Object.assign({}, object, { [`${name}`]: value }),
    coalesce: (...values) => values.find((value) => value !== null && value !== undefined),
  };

  const carryOut = async (name: string, action: Action): Promise<ActionStatus> => {
    const deadline = clock.now() + (('limit' in action && action.limit?.timeout) || DEFAULT_TIMEOUT_MS);
    switch (action.type) {
      case 'Http': {
        const answer = await client.requestAndPoll(
          actionRequestSchema.parse(evaluate(action.inputs, functions)),
          deadline,
        );
        if (answer === 'timed out') return 'TimedOut';
        results[name] = answer;
        return isSuccess(answer) ? 'Succeeded' : 'Failed';
      }
      case 'HttpWebhook': {
        const answer = await client.request(actionRequestSchema.parse(evaluate(action.inputs.subscribe, functions)));
        results[name] = answer;
        if (!isSuccess(answer)) return 'Failed';
        const { promise: late, resolve } = Promise.withResolvers<typeof TIMED_OUT>();
        const timer = clock.schedule(deadline, () => resolve(TIMED_OUT));
        const called = await Promise.race([callback?.called, late]);
        timer.cancel();
        if (called === TIMED_OUT) return 'TimedOut';
        results[name] = { statusCode: 200, headers: {}, body: called };
        return 'Succeeded';
      }
      case 'Response':
        response = responseSchema.parse(evaluate(action.inputs, functions));
        return 'Succeeded';
      case 'Terminate': {
        const { runStatus, runError } = terminateSchema.parse(evaluate(action.inputs, functions));
        terminated = { status: runStatus, error: runError };
        return 'Succeeded';
      }
    }
  };

  const waiting = new Map(Object.entries(definition.actions));
  while (waiting.size > 0 && !terminated) {
    const next = [...waiting].find(([, { runAfter }]) => Object.keys(runAfter).every((before) => before in statuses));
    if (!next) throw new Error(`These actions wait for each other: ${[...waiting.keys()].join(', ')}.`);
    const [name, action] = next;
    waiting.delete(name);
    const due = Object.entries(action.runAfter).every(([before, states]) => {
      const status = statuses[before];
      return status !== undefined && states.includes(status);
    });
    statuses[name] = due ? await carryOut(name, action) : 'Skipped';
  }
  const failed = Object.values(statuses).some((status) => status === 'Failed' || status === 'TimedOut');
  return {
    status: failed ? 'Failed' : 'Succeeded',
    ...terminated,
    actions: statuses,
    ...(response && { response }),
  };
};

const TIMED_OUT = Symbol('timed out');

const isSuccess = ({ statusCode }: ActionResponse): boolean => statusCode >= 200 && statusCode < 300;

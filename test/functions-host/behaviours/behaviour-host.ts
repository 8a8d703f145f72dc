import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import type { RuntimeStatus } from '../../../local/functions-host/engine/task-hub.ts';
import {
  type CreateFunctionsHostOptions,
  createFunctionsHost,
  type FunctionsHost,
} from '../../../local/functions-host/functions-host.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

const app = await loadApp(fileURLToPath(new URL('app', import.meta.url)), { log: () => {} });

const ENDED: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Terminated'];
const WEBHOOK = '/runtime/webhooks/durabletask';

/** For how many turns of the event loop a count must stand: an episode between its steps takes one or two. */
const QUIET_TURNS = 10;

/** An instance as the management API answers it. */
export type Status = z.output<typeof Status>;
export const Status = z.object({
  name: z.string(),
  instanceId: z.string(),
  runtimeStatus: z.string(),
  input: z.unknown(),
  customStatus: z.unknown(),
  output: z.unknown(),
  createdTime: z.string(),
  lastUpdatedTime: z.string(),
});

export const Started = z.looseObject({ id: z.string(), statusQueryGetUri: z.string() });

/** The app in `app/` in a host of its own, on a virtual clock, reached as any caller reaches it: over HTTP. */
export class BehaviourHost {
  readonly clock: VirtualClock;
  readonly log: string[];
  readonly host: FunctionsHost;

  private constructor(host: FunctionsHost, clock: VirtualClock, log: string[]) {
    this.host = host;
    this.clock = clock;
    this.log = log;
  }

  /** Dropped when the test ends. */
  static async start(options: Partial<CreateFunctionsHostOptions> = {}): Promise<BehaviourHost> {
    const clock = options.clock instanceof VirtualClock ? options.clock : new VirtualClock();
    const log: string[] = [];
    const host = await createFunctionsHost({
      app,
      log: (level, _category, message) => log.push(`${level}: ${message}`),
      ...options,
      clock,
    });
    onTestFinished(() => host.abandon());
    return new BehaviourHost(host, clock, log);
  }

  /** Calls a function of the app, with a JSON body when there is one. */
  call(path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.host.url}/api/${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Calls the management API. */
  manage(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.host.url}${WEBHOOK}/${path}`, { method, ...init });
  }

  /** Starts an orchestration through the app's starter. @returns its id. */
  async start(name: string, input?: unknown, id?: string): Promise<string> {
    const response = await this.call(`start/${name}${id === undefined ? '' : `/${id}`}`, input);
    if (response.status !== 202) throw new Error(`start answered ${response.status}: ${await response.text()}`);
    return Started.parse(await response.json()).id;
  }

  async status(id: string): Promise<Status> {
    return Status.parse(await (await this.manage('GET', `instances/${id}`)).json());
  }

  async ended(id: string): Promise<Status> {
    await this.host.hub.waitFor(id, ENDED);
    return await this.status(id);
  }

  async run(name: string, input?: unknown, id?: string): Promise<Status> {
    return await this.ended(await this.start(name, input, id));
  }

  async raise(id: string, event: string, data: unknown = null): Promise<number> {
    return (await this.raised(id, event, JSON.stringify(data))).status;
  }

  raised(id: string, event: string, body: string, type = 'application/json'): Promise<Response> {
    return this.manage('POST', `instances/${id}/raiseEvent/${event}`, { body, headers: { 'Content-Type': type } });
  }

  /** Terminate, suspend, resume or rewind. */
  async command(id: string, operation: string, reason: string): Promise<number> {
    return (await this.manage('POST', `instances/${id}/${operation}?reason=${encodeURIComponent(reason)}`)).status;
  }

  /** The state of an entity, undefined when there is none. */
  async entity(name: string, key: string): Promise<unknown> {
    const response = await this.manage('GET', `entities/${name}/${key}`);
    if (response.status === 404) return undefined;
    const state: unknown = await response.json();
    return state;
  }

  /** The history as short words, with the ids that the management API leaves out: `TaskScheduled 0`. */
  events(id: string): string[] {
    return this.host.hub.history(id).flatMap((event) => {
      const name = EVENT_NAMES[event.EventType];
      const number = event.EventId >= 0 ? event.EventId : (event.TaskScheduledId ?? event.TimerId ?? '');
      return name === undefined ? [] : [`${name} ${number}`.trim()];
    });
  }

  /** Waits until nothing is ready and only so many activities run as the test holds. Timers fire unless the clock is held too. */
  async settled(held = 0): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      await new Promise(setImmediate);
      const { ready, running } = this.host.hub.statistics();
      quiet = ready + running === held ? quiet + 1 : 0;
    }
  }
}

const EVENT_NAMES: Readonly<Record<number, string>> = {
  0: 'ExecutionStarted',
  1: 'ExecutionCompleted',
  3: 'ExecutionTerminated',
  4: 'TaskScheduled',
  5: 'TaskCompleted',
  6: 'TaskFailed',
  7: 'SubOrchestrationInstanceCreated',
  8: 'SubOrchestrationInstanceCompleted',
  9: 'SubOrchestrationInstanceFailed',
  10: 'TimerCreated',
  11: 'TimerFired',
  14: 'EventSent',
  15: 'EventRaised',
};

/** The part of a failure's text before the details of the exception. */
export const messageOf = (output: unknown): string => String(output).split(' \n ')[0] ?? '';

import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { type Engine, type EngineOptions, openEngine, Store } from '../../../local/functions-host/engine/engine.ts';
import type { InstanceState, RuntimeStatus } from '../../../local/functions-host/engine/task-hub.ts';
import type { FunctionWorker } from '../../../local/functions-host/worker/function-worker.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

/** The app under test/functions-host/engine/app, loaded as the host loads any app. */
export const app = await loadApp(fileURLToPath(new URL('app', import.meta.url)), { log: () => {} });

export const ENDED: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Terminated'];

export interface Bench {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly store: Store;
  /** Names of the functions that ran, in order. */
  readonly calls: string[];
  readonly log: string[];
}

/** An engine on a virtual clock and, unless one is given, a store in memory. It is abandoned when the test ends: hooks of a module would be those of the first file that loads it. */
export const start = (options: Partial<EngineOptions> = {}): Bench => {
  const clock = new VirtualClock();
  const store = options.store instanceof Store ? options.store : new Store(':memory:');
  const calls: string[] = [];
  const log: string[] = [];
  const worker = options.worker ?? app;
  const engine = openEngine({
    clock,
    store,
    hubName: 'Tests',
    log: (level, _category, message) => log.push(`${level}: ${message}`),
    ...options,
    worker: recording(worker, calls),
  });
  onTestFinished(() => engine.abandon());
  return { engine, clock, store, calls, log };
};

/** Starts an orchestration and waits for its end. */
export const run = async (
  engine: Engine,
  name: string,
  input: unknown,
  instanceId?: string,
): Promise<InstanceState> => {
  const id = await engine.start({ name, input: toText(input), ...(instanceId === undefined ? {} : { instanceId }) });
  return await engine.waitFor(id, ENDED);
};

export const toText = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

export const outputOf = (state: InstanceState): unknown => (state.output === null ? null : JSON.parse(state.output));

/** The history as short words: `TaskScheduled 0`. */
export const eventsOf = (engine: Engine, instanceId: string): string[] =>
  engine.history(instanceId).flatMap((event) => {
    const name = names[event.EventType];
    const id = event.EventId >= 0 ? event.EventId : (event.TaskScheduledId ?? event.TimerId ?? '');
    return name === undefined ? [] : [`${name} ${id}`.trim()];
  });

const names: Readonly<Record<number, string>> = {
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

/** Lets the engine work until nothing is ready or running and no timer is due as long as the clock stands. */
export const settled = async (engine: Engine): Promise<void> => {
  for (let quiet = 0; quiet < 3; ) {
    await new Promise(setImmediate);
    const { ready, running } = engine.statistics();
    quiet = ready + running === 0 ? quiet + 1 : 0;
  }
};

const recording = (worker: FunctionWorker, calls: string[]): FunctionWorker => ({
  names: (type) => worker.names(type),
  invoke: (type, name, ...rest) => {
    calls.push(name);
    return worker.invoke(type, name, ...rest);
  },
});

import type { OrchestrationContext, Task } from '../../../src/task-hub/orchestration.ts';
import { allOf, anyOf, MadeUpTask, type Major, type Outcome } from './made-up-task.ts';

/** What an orchestrator meets. */
export interface World {
  readonly major: Major;
  readonly input?: unknown;
  /** What an activity or a sub-orchestration gives; what it throws is its failure. */
  readonly call?: (name: string, input: unknown, atSecond: number) => unknown;
  /** How long an activity or a sub-orchestration takes; one second when absent. */
  readonly seconds?: (name: string, input: unknown) => number;
  readonly events?: readonly { readonly atSecond: number; readonly name: string; readonly data?: unknown }[];
  /** How far the clock of the worker that goes on at a second is behind the host's. */
  readonly secondsBehind?: (atSecond: number) => number;
}

/** What an orchestrator did. */
export interface Played<T> {
  readonly returned: T | undefined;
  readonly thrown: unknown;
  /** When it ended. */
  readonly atSecond: number;
  /** In seconds since the start: `0 call stop`, `1 timer for 60`, `5 event cancel`. */
  readonly log: readonly string[];
  /** When timers fire that were neither cancelled nor awaited: the instance lives as long. */
  readonly openTimers: readonly number[];
  readonly statuses: readonly unknown[];
  readonly continuedWith: unknown;
}

/** The instant of the start. */
export const START = Date.parse('2026-11-30T08:00:00.000Z');

/** No orchestration of a test needs as many events. */
const MOST = 2_000;

interface Happening {
  readonly atSecond: number;
  readonly happen: () => void;
}

/** Runs an orchestrator as a major of the SDK does, on a host in which every second passes at once. */
export const play = <T>(
  orchestrator: (context: OrchestrationContext) => Generator<Task, T, unknown>,
  world: World,
): Played<T> => {
  const { major, call = () => undefined, seconds = () => 1, secondsBehind = () => 0 } = world;
  const log: string[] = [];
  const statuses: unknown[] = [];
  const timers: { readonly task: MadeUpTask; readonly atSecond: number }[] = [];
  const known = new Map<Task, MadeUpTask>();
  const happenings: Happening[] = [];
  let second = 0;
  let happened = 0;
  let workerTime = START;
  let continuedWith: unknown;

  const note = (text: string): void => void log.push(`${second} ${text}`);
  const know = (task: MadeUpTask): MadeUpTask => {
    known.set(task, task);
    return task;
  };
  const parts = (tasks: readonly Task[]): MadeUpTask[] => tasks.map(toKnown);
  const toKnown = (task: Task): MadeUpTask => {
    const found = known.get(task);
    if (!found) throw new Error('Orchestrators yield nothing but tasks.');
    return found;
  };

  /** 3 schedules a task when it is yielded for the first time, 4 when it is made. */
  const scheduled = (begin: (task: MadeUpTask) => void): MadeUpTask => {
    const onYield = (task: MadeUpTask): void => {
      if (major === 3 && task.timesYielded === 1) begin(task);
    };
    const made = know(new MadeUpTask(major, [], onYield));
    if (major === 4) begin(made);
    return made;
  };

  const calling = (name: string, input: unknown): MadeUpTask =>
    scheduled((task) => {
      note(`call ${name}`);
      const atSecond = second + seconds(name, input);
      happenings.push({ atSecond, happen: () => task.end(outcomeOf(() => call(name, input, atSecond))) });
    });

  const waiting = new Map<string, MadeUpTask[]>();
  const early = new Map<string, unknown[]>();
  const listFor = <V>(lists: Map<string, V[]>, name: string): V[] => {
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    return list;
  };
  /** 3 gives an event to a task that was yielded, to the last one first; 4 to the first that was made. */
  const awaitEvent = (name: string, task: MadeUpTask): void => {
    const buffered = listFor(early, name);
    if (buffered.length > 0) task.end({ ok: true, value: buffered.shift() });
    else listFor(waiting, name).push(task);
  };
  const raise = (name: string, data: unknown): void => {
    note(`event ${name}`);
    const list = listFor(waiting, name);
    const task = major === 3 ? list.pop() : list.shift();
    if (task) task.end({ ok: true, value: data });
    else listFor(early, name).push(data);
  };
  for (const { atSecond, name, data } of world.events ?? []) {
    happenings.push({ atSecond, happen: () => raise(name, data) });
  }

  const context: OrchestrationContext = {
    df: {
      version: '1',
      get currentUtcDateTime() {
        return new Date(workerTime);
      },
      getInput: () => JSON.parse(JSON.stringify(world.input ?? null)),
      setCustomStatus: (status) => void statuses.push(JSON.parse(JSON.stringify(status))),
      continueAsNew: (input) => {
        continuedWith = input;
      },
      callActivity: calling,
      callSubOrchestrator: calling,
      createTimer: (fireAt) => {
        const atSecond = (fireAt.getTime() - START) / 1000;
        return scheduled((task) => {
          note(`timer for ${atSecond}`);
          timers.push({ task, atSecond });
          happenings.push({
            atSecond,
            happen: () => {
              if (!task.isCanceled) task.end({ ok: true, value: undefined });
            },
          });
        });
      },
      waitForExternalEvent: (name) => {
        const event = know(new MadeUpTask(major, [], (task) => major === 3 && awaitEvent(name, task)));
        if (major === 4) awaitEvent(name, event);
        return event;
      },
      Task: {
        all: (tasks) => know(allOf(major, parts(tasks))),
        any: (tasks) => know(anyOf(major, parts(tasks))),
      },
    },
  };

  /** Lets time go on until a task has ended, one happening after the other: the SDK sees them one by one, too. */
  const endOf = (task: MadeUpTask): Outcome => {
    while (!task.outcome) {
      const next = happenings.toSorted((a, b) => a.atSecond - b.atSecond)[0];
      if (!next) throw new Error(`It waits for what never comes: ${log.join(', ')}`);
      happenings.splice(happenings.indexOf(next), 1);
      if (++happened > MOST) throw new Error(`It goes on for ever: ${log.slice(-10).join(', ')}`);
      second = Math.max(second, next.atSecond);
      // The SDK's time never goes back, but it may stand still when another worker goes on.
      workerTime = Math.max(workerTime, START + (second - secondsBehind(second)) * 1000);
      next.happen();
    }
    return task.outcome;
  };

  const end = (returned: T | undefined, thrown?: unknown): Played<T> => {
    const openTimers = timers.flatMap(({ task, atSecond }) => (task.outcome || task.isCanceled ? [] : [atSecond]));
    return { returned, thrown, atSecond: second, log, openTimers, statuses, continuedWith };
  };

  const generator = orchestrator(context);
  try {
    let step = generator.next();
    while (!step.done) {
      const task = toKnown(step.value);
      task.yielded();
      const outcome = endOf(task);
      step = outcome.ok ? generator.next(outcome.value) : generator.throw(outcome.error);
    }
    return end(step.value);
  } catch (error) {
    return end(undefined, error);
  }
};

const outcomeOf = (call: () => unknown): Outcome => {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    return { ok: false, error };
  }
};

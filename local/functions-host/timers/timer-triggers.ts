import type { Clock } from '../../clock/clock.ts';
import type { LoadedApp } from '../worker/loaded-app.ts';
import type { LoadedFunction } from '../worker/loaded-function.ts';
import type { Log } from '../worker/log.ts';
import { timerInfo } from './timer-info.ts';
import { TimerListener } from './timer-listener.ts';
import { createTimerSchedule, NEVER, type TimerSchedule } from './timer-schedule.ts';
import type { TimerStatuses } from './timer-statuses.ts';

/** A function with a timer trigger and its schedule. */
export interface PlannedTimer {
  readonly target: LoadedFunction;
  readonly schedule: TimerSchedule;
}

/** An app's timer triggers. */
export interface PlannedTimers {
  readonly timers: readonly PlannedTimer[];
  /** Functions whose schedule is wrong, with the reason. */
  readonly errors: readonly { readonly name: string; readonly message: string }[];
}

/** @param setting - looks up an application setting, for `%NAME%` in a schedule. */
export const planTimers = (
  functions: readonly LoadedFunction[],
  setting: (name: string) => string | undefined,
): PlannedTimers => {
  const timers: PlannedTimer[] = [];
  const errors: { name: string; message: string }[] = [];
  for (const target of functions) {
    if (target.triggerType.toLowerCase() !== 'timertrigger') continue;
    try {
      timers.push({ target, schedule: createTimerSchedule(String(target.trigger.schedule ?? ''), setting) });
    } catch (error) {
      errors.push({ name: target.name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { timers, errors };
};

/** Timer triggers that fire. */
export interface RunningTimers {
  /** The JSON that a timer function is given when somebody runs it by hand. */
  info(target: LoadedFunction): string | undefined;
  /** Fires no more, lets running ones end. */
  stop(): Promise<void>;
  abandon(): void;
}

/** Starts the timers of the functions that are not disabled. */
export const startTimers = (
  { timers }: PlannedTimers,
  app: LoadedApp,
  clock: Clock,
  statuses: TimerStatuses,
  log: Log,
): RunningTimers => {
  const listeners = new Map<LoadedFunction, TimerListener>();
  const zone = process.env.WEBSITE_TIME_ZONE;
  if (timers.length > 0 && zone && !/^(etc\/)?utc$/i.test(zone)) {
    log('warning', CATEGORY, `WEBSITE_TIME_ZONE is '${zone}', but this host takes all schedules as UTC.`);
  }
  for (const { target, schedule } of timers) {
    if (app.isDisabled(target)) continue;
    const { runOnStartup, useMonitor } = target.trigger;
    const listener = new TimerListener({
      name: target.name,
      schedule,
      runOnStartup: runOnStartup === true,
      useMonitor: useMonitor !== false,
      clock,
      statuses,
      invoke: (info) =>
        app.invokeUnattended(target, { json: info }, `Timer fired at ${new Date(clock.now()).toISOString()}`),
      log,
    });
    listeners.set(target, listener);
    log('information', CATEGORY, nextOccurrences(target.name, schedule, clock.now()));
  }
  return {
    info: (target) => {
      const planned = timers.find((timer) => timer.target === target);
      return listeners.get(target)?.info ?? (planned && timerInfo(planned.schedule, undefined, false));
    },
    stop: async () => void (await Promise.all([...listeners.values()].map((listener) => listener.stop()))),
    abandon: () => {
      for (const listener of listeners.values()) listener.abandon();
    },
  };
};

const CATEGORY = 'Host.Triggers.Timer';
const SHOWN = 5;

/** The line of azure-webjobs-sdk-extensions `TimerListener.Logger.cs`, with dates in ISO form. */
const nextOccurrences = (name: string, schedule: TimerSchedule, now: number): string => {
  const times: string[] = [];
  for (let at = schedule.next(now); times.length < SHOWN && at < NEVER; at = schedule.next(at)) {
    times.push(new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'));
  }
  if (times.length === 0) return `The schedule of '${name}' (${schedule.expression}) never comes true.`;
  return `The next ${times.length} occurrences of the '${name}' schedule (${schedule.expression}) will be: ${times.join(', ')}`;
};

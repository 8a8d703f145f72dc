import type { Clock, Scheduled } from '../../clock/clock.ts';
import type { Log } from '../worker/log.ts';
import { checkPastDue, type ScheduleStatus } from './schedule-status.ts';
import { timerInfo } from './timer-info.ts';
import type { TimerSchedule } from './timer-schedule.ts';
import type { TimerStatuses } from './timer-statuses.ts';

/** What a timer trigger asks for, and what serves it. */
export interface TimerListenerOptions {
  readonly name: string;
  readonly schedule: TimerSchedule;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
  readonly clock: Clock;
  readonly statuses: TimerStatuses;
  /** Runs the function with the JSON of a `TimerInfo`. A failure is the invoker's to report. */
  readonly invoke: (info: string) => Promise<void>;
  readonly log: Log;
}

/** Why the next run comes. */
type Cause = 'schedule' | 'past-due' | 'startup';

const CATEGORY = 'Host.Triggers.Timer';

/** Fires one timer trigger, one run at a time (azure-webjobs-sdk-extensions `TimerListener.cs`). */
export class TimerListener {
  readonly #options: TimerListenerOptions;
  readonly #isMonitored: boolean;
  #status: ScheduleStatus;
  #timer: Scheduled | undefined;
  #running: Promise<void> = Promise.resolve();
  #state: 'open' | 'stopped' | 'abandoned' = 'open';

  /** Begins at once; nothing is run before the caller's turn has ended. */
  constructor(options: TimerListenerOptions) {
    this.#options = options;
    const { name, schedule, clock, useMonitor, statuses, runOnStartup } = options;
    const now = Math.floor(clock.now());
    this.#isMonitored = useMonitor && !schedule.isFrequent(now);
    // As there, a first status is stored with the instant of its making, but the first run gets a status without one.
    this.#status = { last: undefined, next: schedule.next(now), lastUpdated: undefined };
    let cause: Cause = runOnStartup ? 'startup' : 'schedule';
    if (this.#isMonitored) {
      const stored = statuses.read(name);
      const { status, isPastDue } = checkPastDue(now, schedule, stored);
      if (status !== stored) this.#store(status);
      if (stored) this.#status = status;
      if (isPastDue) cause = 'past-due';
    }
    this.#arm(cause === 'schedule' ? this.#status.next : now, cause);
  }

  /** What a run that is not the schedule's would be given. */
  get info(): string {
    return this.#infoFor(false);
  }

  /** When it fires next, ms since the epoch. */
  get next(): number {
    return this.#status.next;
  }

  /** Fires no more. @returns when a run that is under way has ended. */
  stop(): Promise<void> {
    this.#state = 'stopped';
    this.#timer?.cancel();
    return this.#running;
  }

  /** Ends as in a crash: a run that is under way is not remembered. */
  abandon(): void {
    this.#state = 'abandoned';
    this.#timer?.cancel();
  }

  #infoFor(isPastDue: boolean): string {
    return timerInfo(this.#options.schedule, this.#isMonitored ? this.#status : undefined, isPastDue);
  }

  #arm(at: number, cause: Cause): void {
    if (this.#state !== 'open') return;
    const fire = (): void => {
      this.#running = this.#run(cause);
    };
    this.#timer = this.#options.clock.schedule(at, fire, { background: cause === 'schedule' });
  }

  async #run(cause: Cause): Promise<void> {
    const { name, schedule, clock, invoke, log } = this.#options;
    const release = clock.hold();
    const now = Math.floor(clock.now());
    if (cause === 'past-due') {
      log('information', CATEGORY, `Function '${name}' is past due on startup. Executing now.`);
    } else if (cause === 'startup') {
      log('information', CATEGORY, `Function '${name}' is configured to run on startup. Executing now.`);
    }
    try {
      await invoke(this.#infoFor(cause === 'past-due'));
    } finally {
      // A timer that fired a moment early counts as on time, or it would fire twice.
      const at = cause === 'schedule' ? Math.max(now, this.#status.next) : now;
      this.#status = { last: at, next: schedule.next(at), lastUpdated: at };
      if (this.#isMonitored && this.#state !== 'abandoned') this.#store(this.#status);
      this.#arm(this.#status.next, 'schedule');
      release();
    }
  }

  #store(status: ScheduleStatus): void {
    const { name, statuses, log } = this.#options;
    try {
      statuses.write(name, status);
    } catch (error) {
      log('error', CATEGORY, `Function '${name}' failed to update the timer trigger status: ${String(error)}`);
    }
  }
}

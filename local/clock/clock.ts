/**
 * Modelled time, shared by the local Functions host and the Azure simulator. All times are milliseconds: instants since the Unix
 * epoch, durations as such, both in modelled (not real) time.
 */
export interface Clock {
  /** The modelled instant. */
  now(): number;

  /** Runs `action` once when modelled time has reached `at`; never synchronously, also when `at` has passed. */
  schedule(at: number, action: () => void, options?: ScheduleOptions): Scheduled;

  /** Resolves after `durationMs` of modelled time. A virtual clock takes a sleeper as parked: see {@link hold}. */
  sleep(durationMs: number): Promise<void>;

  /**
   * Says that work is going on, until the returned function is called (calling it twice does nothing). A virtual clock stands still
   * while more holders work than sleepers sleep; the other clocks ignore it. The Functions host holds the clock for every work item
   * that is ready or running; the simulator sleeps for the latency of a request, so that the activity that sent it counts as parked.
   */
  hold(): () => void;
}

/** How an action waits. */
export interface ScheduleOptions {
  /**
   * For what recurs for ever, such as a timer trigger: a virtual clock runs it when its time comes, but does not move on for its sake alone.
   */
  readonly background?: boolean;
}

/** An action that waits for its time. */
export interface Scheduled {
  /** Prevents the action; does nothing once it ran. */
  cancel(): void;
}

import type { Task } from '../../../src/task-hub/orchestration.ts';

/** The majors of durable-functions whose meanings orchestrators have to bear. */
export type Major = 3 | 4;

export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** A task that shows of its state what the SDK of a major shows (3: lib/src/task; 4: durabletask-js, packages/durabletask-js/src/task). */
export class MadeUpTask implements Task {
  outcome: Outcome | undefined;
  isCanceled = false;
  /** How often it was yielded, alone or as a part of another. */
  timesYielded = 0;
  readonly #major: Major;
  readonly #parts: readonly MadeUpTask[];
  readonly #onYield: (task: MadeUpTask) => void;
  readonly #listeners: (() => void)[] = [];

  /** @param onYield - called each time when it is yielded, alone or as a part of another. */
  constructor(major: Major, parts: readonly MadeUpTask[] = [], onYield: (task: MadeUpTask) => void = () => {}) {
    this.#major = major;
    this.#parts = parts;
    this.#onYield = onYield;
  }

  get isCompleted(): boolean {
    return this.#major === 3 ? this.outcome?.ok === true : this.outcome !== undefined;
  }

  get isFaulted(): boolean {
    return this.outcome?.ok === false;
  }

  get result(): unknown {
    if (this.outcome?.ok) return this.outcome.value;
    return this.#major === 3 ? this.outcome?.error : undefined;
  }

  cancel(): void {
    if (this.#major === 3 && this.outcome) throw new Error('Cannot cancel a completed task.');
    if (!this.outcome) this.isCanceled = true;
  }

  onEnd(listener: () => void): void {
    this.#listeners.push(listener);
  }

  end(outcome: Outcome): void {
    this.outcome = outcome;
    for (const listener of this.#listeners) listener();
  }

  yielded(): void {
    this.timesYielded++;
    this.#onYield(this);
    for (const part of this.#parts) part.yielded();
  }
}

/** `Task.all`: 3 fails with the first failure, 4 waits for all and fails with an AggregateError. */
export const allOf = (major: Major, parts: readonly MadeUpTask[]): MadeUpTask => {
  if (major === 3 && parts.length === 0) throw new Error('You must specify at least one Task.');
  // 3 schedules it a second time.
  if (parts.some(({ timesYielded }) => timesYielded > 0)) throw new Error('azure-functions-durable-js#574');
  const whole = new MadeUpTask(major, parts);
  const check = (): void => {
    if (whole.outcome) return;
    const errors = parts.flatMap(({ outcome }) => (outcome && !outcome.ok ? [outcome.error] : []));
    const allEnded = parts.every(({ outcome }) => outcome);
    if (errors.length > 0 && (allEnded || major === 3)) {
      whole.end({ ok: false, error: major === 3 ? errors[0] : new AggregateError(errors) });
    } else if (allEnded) {
      whole.end({ ok: true, value: parts.map(({ result }) => result) });
    }
  };
  for (const part of parts) part.onEnd(check);
  if (major === 4) check();
  return whole;
};

/** `Task.any`: 4 sees as well what has ended before. */
export const anyOf = (major: Major, parts: readonly MadeUpTask[]): MadeUpTask => {
  const whole = new MadeUpTask(major, parts);
  for (const part of parts) {
    const check = (): void => {
      if (part.outcome && !whole.outcome) whole.end({ ok: true, value: part });
    };
    part.onEnd(check);
    if (major === 4) check();
  }
  return whole;
};

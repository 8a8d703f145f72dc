import { noRepeats, type RepeatKind, repeatKinds } from './count-writes.ts';
import type { Verdict } from './judge.ts';

/** Adds up what came of many restarts. */
export class Tally {
  restarts = 0;
  duplicates = 0;
  /** Restarts after which something was off, each with what. */
  readonly off: { readonly where: string; readonly what: readonly string[] }[] = [];
  readonly #repeats: Record<RepeatKind, number> = noRepeats();
  readonly #sentAtOnce = new Map<string, number>();

  add(where: string, { faults, duplicates, repeats, sentAtOnce }: Verdict): void {
    this.restarts++;
    this.duplicates += duplicates.length;
    for (const kind of repeatKinds) this.#repeats[kind] += repeats[kind];
    for (const type of sentAtOnce) this.#sentAtOnce.set(type, (this.#sentAtOnce.get(type) ?? 0) + 1);
    const what = [...faults, ...duplicates];
    if (what.length > 0) this.off.push({ where, what });
  }

  /** What the figure has no room for. */
  get notes(): string[] {
    const types = [...this.#sentAtOnce].toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (types.length === 0) return [];
    const counts = types.map(([type, count]) => `${count} × ${type}`).join(', ');
    return [`Sent by two executions at once, before Azure had answered either: ${counts}`];
  }

  /** E.g. `746 restarts, 0 off, 0 duplicates, 700 repeats (12 storage PUTs, …), 80 sent at once`. */
  get figure(): string {
    const total = repeatKinds.reduce((sum, kind) => sum + this.#repeats[kind], 0);
    const kinds = repeatKinds.map((kind) => `${this.#repeats[kind]} ${kind}`).join(', ');
    const atOnce = [...this.#sentAtOnce.values()].reduce((sum, count) => sum + count, 0);
    return `${this.restarts} restarts, ${this.off.length} off, ${this.duplicates} duplicates, ${total} repeats (${kinds}), ${atOnce} sent at once`;
  }
}

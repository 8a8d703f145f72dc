import { joinEvents } from '../episode/orchestration-payload.ts';
import type { LoadedHistory } from '../episode/run-episode.ts';
import type { Store } from '../store/store.ts';
import { parseHistoryEvent, type StoredInstance } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';

interface Entry {
  readonly executionId: string;
  readonly events: HistoryEvent[];
  text: string;
}

/** Room for a few hundred running instances of some hundred events; about 1 KB each. */
const MOST_EVENTS = 60_000;

/** Histories of the instances that ran last, so that an episode need not read and parse them again. */
export class HistoryCache {
  readonly #store: Store;
  readonly #entries = new Map<string, Entry>();
  #events = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  load({ instanceId, executionId, events: count }: StoredInstance): LoadedHistory {
    const cached = this.#entries.get(instanceId);
    if (cached?.executionId === executionId && cached.events.length === count) return cached;
    this.forget(instanceId);
    const texts = this.#store.history(instanceId, executionId);
    const entry = { executionId, text: joinEvents(texts), events: texts.map(parseHistoryEvent) };
    this.#keep(instanceId, entry);
    return entry;
  }

  /** Adds what was committed. */
  append(instance: StoredInstance, events: readonly HistoryEvent[], texts: readonly string[]): void {
    const { instanceId, executionId } = instance;
    const entry = this.#entries.get(instanceId);
    this.forget(instanceId);
    const kept = entry?.executionId === executionId ? entry : { executionId, events: [], text: '' };
    kept.events.push(...events);
    kept.text = joinEvents([kept.text, ...texts]);
    if (kept.events.length === instance.events) this.#keep(instanceId, kept);
  }

  forget(instanceId: string): void {
    const entry = this.#entries.get(instanceId);
    if (!entry) return;
    this.#entries.delete(instanceId);
    this.#events -= entry.events.length;
  }

  /** Puts an entry last in line and drops the first ones while there is too much. */
  #keep(instanceId: string, entry: Entry): void {
    this.#entries.set(instanceId, entry);
    this.#events += entry.events.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#events <= MOST_EVENTS || oldest === instanceId) break;
      this.forget(oldest);
    }
  }
}

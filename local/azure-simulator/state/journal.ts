import type { Json } from '../json.ts';

/** One request as it came and what it was answered; times in modelled milliseconds. */
export interface JournalEntry {
  method: string;
  url: string;
  /** The answer's status; null when the connection was dropped instead. */
  status: number | null;
  /** The request's body, in full: the journal is for tests and may hold secrets. */
  body?: Json;
  /** The error code of a refusal. */
  code?: string;
  /** The answer's `x-ms-request-id` and `x-ms-correlation-request-id`, where the service gives them. */
  requestId?: string;
  correlationId?: string;
  at: number;
  durationMs: number;
}

const KEPT = 200_000;

/** The requests that came, oldest first; kept in memory, the last two hundred thousand of them. */
export class Journal {
  #entries: JournalEntry[] = [];

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT * 1.1) this.#entries = this.#entries.slice(-KEPT);
  }

  entries(): JournalEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}

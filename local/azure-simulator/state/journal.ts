import type { Json } from '../base/json.ts';

/** An action that a request needed its caller to be allowed. */
export interface Authorization {
  /** The caller's object id. */
  principalId: string;
  action: string;
  scope: string;
}

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
  /** The caller's User-Agent, where it gave one. */
  userAgent?: string;
  /** What it took, up to the first that was refused; absent for what takes no role. */
  authorizations?: Authorization[];
  at: number;
  durationMs: number;
}

const KEPT = 200_000;

/** The requests that came, oldest first; kept in memory, the last two hundred thousand of them. */
export class Journal {
  readonly #onEntry: (entry: JournalEntry) => void;
  #entries: JournalEntry[] = [];

  /** @param onEntry - called with each request, whether or not the journal is cleared meanwhile. */
  constructor(onEntry: (entry: JournalEntry) => void = () => {}) {
    this.#onEntry = onEntry;
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    this.#onEntry(entry);
    if (this.#entries.length > KEPT * 1.1) this.#entries = this.#entries.slice(-KEPT);
  }

  entries(): JournalEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A page within the page: its content, and how it ends when another takes its place. */
export interface Page {
  readonly title: string;
  readonly content: Node;
  /** Fetches and shows until aborted. */
  run(signal: AbortSignal): Promise<void>;
}

import type { StoredMessage } from '../store/stored-types.ts';
import { AbandonedError, type Hub } from './hub.ts';

interface Command {
  readonly write: () => readonly StoredMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores clients' commands durably: those of one turn of the event loop share a transaction, and so one sync of the disk. A caller is
 * answered when its command is stored.
 */
export class CommandQueue {
  readonly #hub: Hub;
  #commands: Command[] = [];

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** @param write - runs inside the transaction, after pending I/O; returns the messages it stored. */
  run(write: () => readonly StoredMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#commands.push({ write, resolve, reject });
      if (this.#commands.length > 1) return;
      const release = this.#hub.hold();
      setImmediate(() => {
        this.#flush();
        release();
      });
    });
  }

  #flush(): void {
    const commands = this.#commands;
    this.#commands = [];
    try {
      this.#hub.commit('command', true, () => commands.flatMap(({ write }) => write()));
      for (const { resolve } of commands) resolve();
    } catch (error) {
      const reason =
        error instanceof AbandonedError ? new Error('The task hub was closed before the command was stored.') : error;
      for (const { reject } of commands) reject(reason);
    }
  }
}

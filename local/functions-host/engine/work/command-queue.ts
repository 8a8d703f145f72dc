import { StorageError } from '../../../storage/storage-error.ts';
import type { StoredMessage } from '../store/stored-types.ts';
import { AbandonedError, type Hub } from './hub.ts';

/**
 * Writes to the store inside a transaction and returns the messages it stored. What is to happen in memory it hands to `afterwards`, which
 * calls it when the transaction has succeeded, before the messages are delivered.
 */
export type CommandWrite = (afterwards: (effect: () => void) => void) => readonly StoredMessage[];

const CLOSED = 'The task hub was closed before the command was stored.';

interface Command {
  readonly write: CommandWrite;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores clients' commands durably: those of one turn of the event loop share a transaction, and so one sync of the disk. A caller is
 * answered when its command is stored, or refused: nothing of it stays in memory for later.
 */
export class CommandQueue {
  readonly #hub: Hub;
  #commands: Command[] = [];

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /**
   * @param write - runs after pending I/O.
   * @throws StorageError when the store does not take it.
   */
  run(write: CommandWrite): Promise<void> {
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
    const effects: (() => void)[] = [];
    const writeAll = (): StoredMessage[] => commands.flatMap(({ write }) => write((effect) => effects.push(effect)));
    try {
      this.#hub.commit('command', true, writeAll, () => {
        for (const effect of effects) effect();
      });
      this.#hub.storage.accepted();
      for (const { resolve } of commands) resolve();
    } catch (error) {
      if (error instanceof StorageError) this.#hub.storage.refused(error);
      const reason = error instanceof AbandonedError ? new StorageError(CLOSED) : error;
      for (const { reject } of commands) reject(reason);
    }
  }
}

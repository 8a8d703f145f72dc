import { z } from 'zod';
import type { Store, Table } from './store.ts';

const secretSchema = z.object({ kind: z.string(), value: z.string() });

export type Secret = z.infer<typeof secretSchema>;

/** Every secret that the simulator handed out or was given, so that tests can search for them where they must not be. */
export class SecretsLedger {
  readonly #table: Table<Secret>;

  constructor(store: Store) {
    this.#table = store.table('secretsLedger', secretSchema);
  }

  add(kind: string, value: string): void {
    if (value === '' || this.#table.get(value)) return;
    this.#table.set(value, { kind, value });
  }

  list(): Secret[] {
    return this.#table.values();
  }
}

import { z } from 'zod';
import { at } from '../../base/json.ts';
import { type Resource, resourceSchema } from '../../state/resource.ts';
import type { Store, Table } from '../../state/store.ts';

const DAY_MS = 86_400_000;

const deletedVaultSchema = z.object({ vault: resourceSchema, deletedAt: z.number(), purgeAt: z.number() });

export type DeletedVault = z.infer<typeof deletedVaultSchema>;

/** How long a vault and its secrets can be recovered. */
export const retentionDays = (vault: Resource): number => {
  const days = at(vault.properties, 'softDeleteRetentionInDays');
  return typeof days === 'number' ? days : 90;
};

/** Vaults in deleted but recoverable state; their names stay reserved. By lower-case name, which is global. */
export class SoftDeletedVaults {
  readonly #table: Table<DeletedVault>;

  constructor(store: Store) {
    this.#table = store.table('deletedVaults', deletedVaultSchema);
  }

  add(vault: Resource, now: number): void {
    const purgeAt = now + retentionDays(vault) * DAY_MS;
    this.#table.set(vault.name.toLowerCase(), { vault, deletedAt: now, purgeAt });
  }

  get(name: string, now: number): DeletedVault | undefined {
    const found = this.#table.get(name.toLowerCase());
    return found && found.purgeAt > now ? found : undefined;
  }

  list(now: number): DeletedVault[] {
    return this.#table.values().filter((deleted) => deleted.purgeAt > now);
  }

  purge(name: string): void {
    this.#table.delete(name.toLowerCase());
  }
}

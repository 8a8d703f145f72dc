import { z } from 'zod';
import { at } from '../../base/json.ts';
import type { HandledEffect } from '../../state/operation.ts';
import { type Resource, resourceSchema } from '../../state/resource.ts';
import type { Table } from '../../state/store.ts';
import type { World } from '../../state/world.ts';

const VAULT_TYPE = 'microsoft.keyvault/vaults';

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
  /** Purges a vault when an operation ends; its secrets are forgotten when its name is taken again. */
  readonly purge: (purged: { vault: string }) => HandledEffect;

  constructor(world: World) {
    this.#table = world.store.table('deletedVaults', deletedVaultSchema);
    this.purge = world.effects.define('purgeVault', z.object({ vault: z.string() }), ({ vault }) => this.remove(vault));
    world.onRemoval(({ resources, at }) => {
      for (const resource of resources) if (resource.type.toLowerCase() === VAULT_TYPE) this.#add(resource, at);
    });
  }

  get(name: string, now: number): DeletedVault | undefined {
    const found = this.#table.get(name.toLowerCase());
    return found && found.purgeAt > now ? found : undefined;
  }

  list(now: number): DeletedVault[] {
    return this.#table.values().filter((deleted) => deleted.purgeAt > now);
  }

  remove(name: string): void {
    this.#table.delete(name.toLowerCase());
  }

  #add(vault: Resource, deletedAt: number): void {
    const purgeAt = deletedAt + retentionDays(vault) * DAY_MS;
    this.#table.set(vault.name.toLowerCase(), { vault, deletedAt, purgeAt });
  }
}

import { z } from 'zod';
import { DURATIONS } from '../base/durations.ts';
import type { HandledEffect } from '../state/operation.ts';
import type { Table } from '../state/store.ts';
import type { World } from '../state/world.ts';

const identitySchema = z.object({ objectId: z.string(), clientId: z.string(), resourceId: z.string() });

type Identity = z.infer<typeof identitySchema>;

const principalSchema = identitySchema.extend({
  /** From this modelled instant on every replica of the directory knows it. */
  visibleAt: z.number(),
});

export type Principal = z.infer<typeof principalSchema>;

/** The service principals of managed identities in the tenant's directory. They go with their resource. */
export class Principals {
  readonly #world: World;
  readonly #table: Table<Principal>;
  /** Adds a principal when an operation ends. */
  readonly addition: (identity: Identity) => HandledEffect;

  constructor(world: World) {
    this.#world = world;
    this.#table = world.store.table('principals', principalSchema);
    this.addition = world.effects.define('addPrincipal', identitySchema, (identity, at) => this.add(identity, at));
    world.onRemoval(({ resources }) => {
      const ids = new Set(resources.map(({ id }) => id.toLowerCase()));
      for (const { objectId, resourceId } of this.all())
        if (ids.has(resourceId.toLowerCase())) this.#table.delete(objectId);
    });
  }

  all(): Principal[] {
    return this.#table.values();
  }

  /** Whether every replica of the directory knows a principal by now. */
  isVisible(objectId: string): boolean {
    const principal = this.#table.get(objectId);
    return principal !== undefined && principal.visibleAt <= this.#world.now();
  }

  /** Adds a principal that the directory does not know, with the time until all replicas do. */
  add(identity: Identity, createdAt: number): void {
    const { objectId, resourceId } = identity;
    if (this.#table.get(objectId)) return;
    const { operations, seeded } = this.#world;
    const visibleAt = createdAt + this.#world.durationMs(DURATIONS.principalReplication, resourceId, 'replication');
    this.#table.set(objectId, { ...identity, visibleAt });
    operations.add({
      id: seeded.guid(resourceId, `replication of ${objectId}`),
      resourceId,
      operation: 'replicatePrincipal',
      kind: 'replication',
      startedAt: createdAt,
      endsAt: visibleAt,
      success: [],
      failure: [],
      settled: true,
    });
  }
}

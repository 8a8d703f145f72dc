import { z } from 'zod';
import { isWithin } from '../state/resource-id.ts';
import type { Table } from '../state/store.ts';
import type { World } from '../state/world.ts';

export const LOCK_TYPE = 'Microsoft.Authorization/locks';

export const LOCK_LEVELS = ['NotSpecified', 'CanNotDelete', 'ReadOnly'] as const;

const lockSchema = z.object({
  name: z.string(),
  scope: z.string(),
  level: z.enum(LOCK_LEVELS),
  notes: z.string().nullable(),
});

export type ManagementLock = z.infer<typeof lockSchema>;

/** What may not be deleted or changed, whoever asks. */
export class ManagementLocks {
  readonly #table: Table<ManagementLock>;

  constructor(world: World) {
    this.#table = world.store.table('managementLocks', lockSchema);
    world.onRemoval(({ id }) => {
      for (const lock of this.below(id)) this.remove(lock);
    });
  }

  get(scope: string, name: string): ManagementLock | undefined {
    return this.#table.get(keyOf(scope, name));
  }

  put(lock: ManagementLock): void {
    this.#table.set(keyOf(lock.scope, lock.name), lock);
  }

  remove({ scope, name }: ManagementLock): void {
    this.#table.delete(keyOf(scope, name));
  }

  /** Those that a scope has or inherits. */
  over(scope: string): ManagementLock[] {
    return this.#table.values().filter((lock) => isWithin(scope, lock.scope));
  }

  /** Those on a scope and on what is in it. */
  below(scope: string): ManagementLock[] {
    return this.#table.values().filter((lock) => isWithin(lock.scope, scope));
  }
}

const keyOf = (scope: string, name: string): string => `${scope}|${name}`.toLowerCase();

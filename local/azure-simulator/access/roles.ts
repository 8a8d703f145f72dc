import { z } from 'zod';
import type { Store, Table } from '../state/store.ts';
import { ROLE_DEFINITIONS, type RoleDefinition } from './role-definitions.ts';

const actions = z.array(z.string());

const roleSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  actions,
  notActions: actions,
  dataActions: actions,
  assignableScopes: z.array(z.string()),
});

/** A role that somebody made. */
export type CustomRole = z.infer<typeof roleSchema>;

/** The built-in roles, and those that were made. */
export class Roles {
  readonly #custom: Table<CustomRole>;

  constructor(store: Store) {
    this.#custom = store.table('customRoles', roleSchema);
  }

  custom(): CustomRole[] {
    return this.#custom.values();
  }

  all(): RoleDefinition[] {
    return [...ROLE_DEFINITIONS, ...this.custom()];
  }

  byId(id: string): RoleDefinition | undefined {
    return this.all().find((role) => role.id === id.toLowerCase());
  }

  byName(name: string): RoleDefinition | undefined {
    return this.all().find((role) => role.name.toLowerCase() === name.toLowerCase());
  }

  put(role: CustomRole): void {
    this.#custom.set(role.id, role);
  }

  remove(id: string): void {
    this.#custom.delete(id);
  }
}

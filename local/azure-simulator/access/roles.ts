import { z } from 'zod';
import type { Store, Table } from '../state/store.ts';
import { covers, ROLE_DEFINITIONS, type RoleDefinition } from './role-definitions.ts';

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
  readonly #supportedActions: readonly string[];

  /** @param supportedActions - those of all providers. */
  constructor(store: Store, supportedActions: readonly string[]) {
    this.#custom = store.table('customRoles', roleSchema);
    this.#supportedActions = supportedActions;
  }

  /**
   * The actions of a role that no provider has here. Azure refuses such a role whole: InvalidActionOrNotAction,
   * "'…' does not match any of the actions supported by the providers." (MicrosoftDocs/azure-docs issue 102571).
   */
  unsupported(actions: readonly string[]): string[] {
    return actions.filter((pattern) => !this.#supportedActions.some((action) => covers(pattern, action)));
  }

  all(): RoleDefinition[] {
    return [...ROLE_DEFINITIONS, ...this.#custom.values()];
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
}

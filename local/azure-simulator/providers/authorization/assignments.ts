import { z } from 'zod';
import type { Seeded } from '../../seeded.ts';
import type { Store, Table } from '../../state/store.ts';
import { allows, allowsData, type RoleDefinition, roleById, roleByName } from './role-definitions.ts';

const assignmentSchema = z.object({
  name: z.string(),
  scope: z.string(),
  principalId: z.string(),
  principalType: z.string(),
  /** The built-in role's GUID. */
  roleId: z.string(),
  roleDefinitionId: z.string(),
  createdOn: z.string(),
  createdBy: z.string(),
  condition: z.string().nullable(),
  description: z.string().nullable(),
});

export type RoleAssignment = z.infer<typeof assignmentSchema>;

/** Who may do what where. */
export class RoleAssignments {
  readonly #table: Table<RoleAssignment>;
  readonly #byPrincipal = new Map<string, Map<string, RoleAssignment>>();

  constructor(store: Store) {
    this.#table = store.table('roleAssignments', assignmentSchema);
    for (const assignment of this.#table.values()) this.#index(assignment);
  }

  all(): RoleAssignment[] {
    return this.#table.values();
  }

  get(scope: string, name: string): RoleAssignment | undefined {
    return this.#table.get(keyOf(scope, name));
  }

  put(assignment: RoleAssignment): void {
    this.#table.set(keyOf(assignment.scope, assignment.name), assignment);
    this.#index(assignment);
  }

  remove(assignment: RoleAssignment): void {
    const key = keyOf(assignment.scope, assignment.name);
    this.#table.delete(key);
    this.#byPrincipal.get(assignment.principalId.toLowerCase())?.delete(key);
  }

  removeBelow(scope: string): void {
    for (const assignment of this.all()) if (isWithin(assignment.scope, scope)) this.remove(assignment);
  }

  of(principalId: string): RoleAssignment[] {
    return [...(this.#byPrincipal.get(principalId.toLowerCase())?.values() ?? [])];
  }

  /** The roles that a principal has on a scope, inherited ones included. */
  rolesOn(scope: string, principalId: string): RoleDefinition[] {
    return this.of(principalId)
      .filter((assignment) => isWithin(scope, assignment.scope))
      .flatMap((assignment) => roleById(assignment.roleId) ?? []);
  }

  may(principalId: string, action: string, scope: string): boolean {
    return this.rolesOn(scope, principalId).some((role) => allows(role, action));
  }

  mayData(principalId: string, action: string, scope: string): boolean {
    return this.rolesOn(scope, principalId).some((role) => allowsData(role, action));
  }

  /** Grants a built-in role by its name, as an administrator did before the simulation began. */
  grant(seeded: Seeded, scope: string, principalId: string, roleName: string, now: number): void {
    const role = roleByName(roleName);
    if (!role) throw new Error(`There is no built-in role called ${roleName} here.`);
    this.put({
      name: seeded.guid(scope, `assignment of ${role.id} to ${principalId}`),
      scope,
      principalId,
      principalType: 'ServicePrincipal',
      roleId: role.id,
      roleDefinitionId: `${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
      createdOn: new Date(now).toISOString(),
      createdBy: principalId,
      condition: null,
      description: null,
    });
  }

  /** To be called after the store was cleared. */
  forget(): void {
    this.#byPrincipal.clear();
  }

  #index(assignment: RoleAssignment): void {
    const principal = assignment.principalId.toLowerCase();
    const own = this.#byPrincipal.get(principal) ?? new Map<string, RoleAssignment>();
    this.#byPrincipal.set(principal, own.set(keyOf(assignment.scope, assignment.name), assignment));
  }
}

/** Whether an id is a scope or lies below it. */
export const isWithin = (id: string, scope: string): boolean =>
  `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase().replace(/\/$/, '')}/`);

export const subscriptionOf = (id: string): string => /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? '';

const keyOf = (scope: string, name: string): string => `${scope}|${name}`.toLowerCase();

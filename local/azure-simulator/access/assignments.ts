import { z } from 'zod';
import { isWithin, subscriptionOf } from '../state/resource-id.ts';
import type { Table } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { type Attributes, parseCondition } from './condition.ts';
import { allows, allowsData, type RoleDefinition } from './role-definitions.ts';
import type { Roles } from './roles.ts';

const assignmentSchema = z.object({
  name: z.string(),
  scope: z.string(),
  principalId: z.string(),
  principalType: z.string(),
  /** The role's GUID. */
  roleId: z.string(),
  roleDefinitionId: z.string(),
  createdOn: z.string(),
  createdBy: z.string(),
  condition: z.string().nullable(),
  description: z.string().nullable(),
});

export type RoleAssignment = z.infer<typeof assignmentSchema>;

/** What the conditions of assignments may read. */
export interface AskedAttributes {
  readonly request?: Attributes;
  readonly resource?: Attributes;
}

/** Who may do what where. */
export class RoleAssignments {
  readonly #world: World;
  readonly #table: Table<RoleAssignment>;
  readonly #roles: Roles;
  readonly #byPrincipal = new Map<string, Map<string, RoleAssignment>>();

  constructor(world: World, roles: Roles) {
    this.#world = world;
    this.#roles = roles;
    this.#table = world.store.table('roleAssignments', assignmentSchema);
    for (const assignment of this.#table.values()) this.#index(assignment);
    world.onRemoval(({ id }) => this.#removeBelow(id));
    world.onReset(() => this.#byPrincipal.clear());
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

  of(principalId: string): RoleAssignment[] {
    return [...(this.#byPrincipal.get(principalId.toLowerCase())?.values() ?? [])];
  }

  /** The roles that a principal has on a scope, inherited ones included, whatever their conditions. */
  rolesOn(scope: string, principalId: string): RoleDefinition[] {
    return this.#on(scope, principalId).map(({ role }) => role);
  }

  /** @param attributes - what conditions read; asked for when an assignment with a condition decides. */
  may(principalId: string, action: string, scope: string, attributes: () => AskedAttributes = () => ({})): boolean {
    const allowing = this.#on(scope, principalId).filter(({ role }) => allows(role, action));
    if (allowing.some(({ condition }) => condition === null)) return true;
    if (allowing.length === 0) return false;
    const { request = {}, resource = {} } = attributes();
    const facts = { action, request, resource };
    return allowing.some(({ condition }) => condition !== null && parseCondition(condition)(facts));
  }

  /** Whether a role gives a right on a scope without any condition. */
  mayUnconditionally(principalId: string, action: string, scope: string): boolean {
    return this.#on(scope, principalId).some(({ role, condition }) => condition === null && allows(role, action));
  }

  mayData(principalId: string, action: string, scope: string): boolean {
    return this.rolesOn(scope, principalId).some((role) => allowsData(role, action));
  }

  /** Grants a role by its name, as an administrator did before the simulation began. */
  grant(scope: string, principalId: string, roleName: string, condition: string | null = null): void {
    const role = this.#roles.byName(roleName);
    if (!role) throw new Error(`There is no role called ${roleName} here.`);
    this.put({
      name: this.#world.seeded.guid(scope, `assignment of ${role.id} to ${principalId}`),
      scope,
      principalId,
      principalType: 'ServicePrincipal',
      roleId: role.id,
      roleDefinitionId: `${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
      createdOn: new Date(this.#world.now()).toISOString(),
      createdBy: principalId,
      condition,
      description: null,
    });
  }

  #removeBelow(scope: string): void {
    for (const assignment of this.all()) if (isWithin(assignment.scope, scope)) this.remove(assignment);
  }

  #on(scope: string, principalId: string): { role: RoleDefinition; condition: string | null }[] {
    return this.of(principalId)
      .filter((assignment) => isWithin(scope, assignment.scope))
      .flatMap(({ roleId, condition }) => {
        const role = this.#roles.byId(roleId);
        return role ? [{ role, condition }] : [];
      });
  }

  #index(assignment: RoleAssignment): void {
    const principal = assignment.principalId.toLowerCase();
    const own = this.#byPrincipal.get(principal) ?? new Map<string, RoleAssignment>();
    this.#byPrincipal.set(principal, own.set(keyOf(assignment.scope, assignment.name), assignment));
  }
}

const keyOf = (scope: string, name: string): string => `${scope}|${name}`.toLowerCase();

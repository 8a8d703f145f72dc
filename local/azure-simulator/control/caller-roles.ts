import { z } from 'zod';
import { parseCondition } from '../access/condition.ts';
import { ROLE_DEFINITIONS } from '../access/role-definitions.ts';
import type { Roles } from '../access/roles.ts';
import type { AzureWorld } from '../azure/azure-world.ts';

const isCondition = (text: string): boolean => {
  try {
    parseCondition(text);
    return true;
  } catch {
    return false;
  }
};

const builtIn = z
  .string()
  .refine((name) => ROLE_DEFINITIONS.some((role) => role.name === name), 'is not a built-in role that is known here');

const customSchema = (roles: Roles) =>
  z.strictObject({
    roleName: z
      .string()
      .min(1)
      .refine((name) => !ROLE_DEFINITIONS.some((role) => role.name === name), 'is the name of a built-in role'),
    description: z.string().default(''),
    actions: z.array(z.string()).superRefine((given, context) => {
      for (const action of roles.unsupported(given)) {
        context.addIssue({
          code: 'custom',
          message: `'${action}' does not match any of the actions supported by the providers.`,
        });
      }
    }),
    notActions: z.array(z.string()).default([]),
    dataActions: z.array(z.string()).default([]),
  });

const scope = z.string().startsWith('/subscriptions/').optional();

/** The caller's roles, in place of all it had. */
export const givenRolesSchema = (known: Roles) =>
  z.strictObject({
    roles: z.array(
      z.union([
        builtIn,
        z.strictObject({
          /** A built-in role's name, or a role that is made by this. */
          role: z.union([builtIn, customSchema(known)]),
          condition: z.string().refine(isCondition, 'is no condition that is understood here').optional(),
          scope,
        }),
      ]),
    ),
    /** Where it has those that do not say it themselves; every known subscription when absent. */
    scope,
  });

type GivenRoles = z.output<ReturnType<typeof givenRolesSchema>>;
type CustomRole = z.output<ReturnType<typeof customSchema>>;

/** What `POST caller` takes. */
export type CallerRoles = z.input<ReturnType<typeof givenRolesSchema>>;

/** Gives a principal these roles and no others, as an administrator did before the simulation began. @returns their names. */
export const giveRoles = (world: AzureWorld, principalId: string, { roles, scope: common }: GivenRoles): string[] => {
  const { assignments, settings } = world;
  for (const assignment of assignments.of(principalId)) assignments.remove(assignment);
  const everywhere = settings.values.subscriptions.map((id) => `/subscriptions/${id}`);
  return roles.map((given) => {
    const { role, condition, scope: own } = typeof given === 'string' ? { role: given } : given;
    const name = typeof role === 'string' ? role : makeRole(world, role, everywhere);
    const at = own ?? common;
    for (const place of at === undefined ? everywhere : [at]) {
      assignments.grant(place, principalId, name, condition);
    }
    return name;
  });
};

const makeRole = (
  { roles, seeded }: AzureWorld,
  { roleName, ...role }: CustomRole,
  assignableScopes: string[],
): string => {
  const id = roles.byName(roleName)?.id ?? seeded.guid(roleName, 'custom role');
  roles.put({ id, name: roleName, ...role, assignableScopes });
  return roleName;
};

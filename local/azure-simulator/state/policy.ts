import { z } from 'zod';
import { normalLocation } from '../base/clouds.ts';
import { at, type Json, type JsonObject } from '../base/json.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * A policy with one condition (learn.microsoft.com, azure/governance/policy/concepts/definition-structure-policy-rule). Fields are paths in the
 * resource's body; real policies name aliases instead.
 */
export const policySchema = z.strictObject({
  name: z.string(),
  displayName: z.string().optional(),
  effect: z.enum(['deny', 'audit', 'modify']).default('deny'),
  /** The tags that the effect modify adds or replaces (definition-structure: operations add and addOrReplace on tags). */
  tags: z.record(z.string(), z.string()).optional(),
  /** The resource type that it is about; every type when absent. */
  type: z.string().optional(),
  /** `location`, `tags.<name>` or a path such as `properties.adminUserEnabled`. */
  field: z.string(),
  equals: scalar.optional(),
  in: z.array(scalar).optional(),
  notIn: z.array(scalar).optional(),
  exists: z.boolean().optional(),
});

export type Policy = z.infer<typeof policySchema>;

/** Whether a policy's condition holds for a resource: then its effect is applied. */
export const appliesTo = (policy: Policy, resource: JsonObject): boolean => {
  const { type, field, equals, in: oneOf, notIn, exists } = policy;
  if (type !== undefined && !isSame(type, resource.type)) return false;
  const value = fieldOf(resource, field);
  const given = value !== undefined && value !== null;
  if (exists !== undefined && given !== exists) return false;
  if (equals !== undefined && !isSame(equals, value)) return false;
  if (oneOf && !oneOf.some((each) => isSame(each, value))) return false;
  return !notIn?.some((each) => isSame(each, value));
};

const fieldOf = (resource: JsonObject, field: string): Json | undefined => {
  const value = at(resource, ...field.split('.'));
  return field === 'location' && typeof value === 'string' ? normalLocation(value) : value;
};

/** Conditions compare without regard to case. */
const isSame = (a: string | number | boolean, b: Json | undefined): boolean =>
  String(a).toLowerCase() === String(b).toLowerCase();

export const definitionId = (subscriptionPath: string, { name }: Policy): string =>
  `${subscriptionPath}/providers/Microsoft.Authorization/policyDefinitions/${name}`;

export const assignmentId = (subscriptionPath: string, { name }: Policy): string =>
  `${subscriptionPath}/providers/Microsoft.Authorization/policyAssignments/${name}`;

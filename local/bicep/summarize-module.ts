import * as z from 'zod';
import type { ModuleInterface, ModuleType } from './module-interface.ts';

const templateSchema = z.object({
  definitions: z.record(z.string(), z.unknown()).default({}),
  parameters: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.object({ type: z.string().default('object') })).default({}),
  variables: z
    .object({ builtInRoleNames: z.record(z.string(), z.unknown()).default({}) })
    .default({ builtInRoleNames: {} }),
});

const typeSchema = z.object({
  $ref: z.string().optional(),
  type: z.string().optional(),
  nullable: z.boolean().optional(),
  defaultValue: z.unknown().optional(),
  allowedValues: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  metadata: z.object({ '__bicep_resource_derived_type!': z.object({ source: z.string() }).optional() }).optional(),
  discriminator: z.object({ propertyName: z.string(), mapping: z.record(z.string(), z.unknown()) }).optional(),
});

const kinds = z.enum(['string', 'int', 'bool', 'array', 'object']);

/**
 * The interface of a module, out of the ARM template that the registry keeps beside its source (`main.json`).
 *
 * @param deep - the parameters of which the whole type is kept; of the others only whether they are there and what kind of value they take.
 * @param isUsed - whether a variant of a type with a discriminator is kept.
 * @param derived - types that the module takes over from a resource, by their place in it; see {@link derivedPlaces}.
 */
export const summarizeModule = (
  source: string,
  template: unknown,
  deep: ReadonlySet<string>,
  isUsed: (variant: string) => boolean = () => true,
  derived: ReadonlyMap<string, ModuleType> = new Map(),
): ModuleInterface => {
  const { definitions, parameters, outputs, variables } = templateSchema.parse(template);
  const kept: Record<string, ModuleType> = {};

  const typeOf = (value: unknown): ModuleType => {
    const type = typeSchema.parse(value);
    const optional = type.nullable === true || type.defaultValue !== undefined ? { optional: true } : {};
    const ref = type.$ref?.split('/').at(-1);
    if (ref !== undefined) {
      if (!(ref in kept)) {
        kept[ref] = {};
        kept[ref] = typeOf(definitions[ref]);
      }
      return { ref, ...optional };
    }
    const place = placeOf(type);
    const known = place === undefined ? undefined : derived.get(place);
    if (known) return { ...known, ...(optional.optional ? optional : { optional: false }) };
    const kind = kinds.safeParse(type.type?.toLowerCase().replace('secure', '')).data ?? 'any';
    return {
      type: kind,
      ...(type.allowedValues && { allowed: type.allowedValues }),
      ...optional,
      ...(type.items !== undefined && { items: typeOf(type.items) }),
      ...(type.discriminator
        ? { discriminator: type.discriminator.propertyName, variants: eachOf(type.discriminator.mapping, isUsed) }
        : type.properties && { properties: eachOf(type.properties) }),
      ...(isObject(type.additionalProperties) && { additional: typeOf(type.additionalProperties) }),
    };
  };
  const eachOf = (types: Readonly<Record<string, unknown>>, keep = (_: string) => true): Record<string, ModuleType> =>
    Object.fromEntries(
      Object.entries(types)
        .filter(([name]) => keep(name))
        .map(([name, type]) => [name, typeOf(type)]),
    );
  const outsideOf = (value: unknown): ModuleType => {
    const { $ref, type, nullable, defaultValue, allowedValues } = typeSchema.parse(value);
    const resolved = $ref === undefined ? type : typeSchema.parse(definitions[$ref.split('/').at(-1) ?? '']).type;
    return typeOf({ type: resolved, nullable, defaultValue, allowedValues });
  };

  return {
    source,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, type]) => [name, deep.has(name) ? typeOf(type) : outsideOf(type)]),
    ),
    definitions: kept,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, { type }]) => [name, type.toLowerCase().replace('secure', '')]),
    ),
    roles: Object.keys(variables.builtInRoleNames),
  };
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const placeOf = (type: z.infer<typeof typeSchema>): string | undefined =>
  type.metadata?.['__bicep_resource_derived_type!']?.source;

/** Where the types of a template's parameters come from that it takes over from resources: `Microsoft.Web/sites@2025-03-01#properties/…`. */
export const derivedPlaces = (template: unknown, deep: ReadonlySet<string>): readonly string[] =>
  Object.entries(templateSchema.parse(template).parameters)
    .filter(([name]) => deep.has(name))
    .flatMap(([, type]) => placeOf(typeSchema.parse(type)) ?? []);

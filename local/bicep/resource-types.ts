import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { ModuleType } from './module-interface.ts';

const run = promisify(execFile);

const reference = z.object({ $ref: z.string() });
const property = z.object({ type: reference, flags: z.number() });

/** The types of one file of https://github.com/Azure/bicep-types-az, as far as they are needed. They refer to each other by their places: `#/12`. */
const typesSchema = z.array(
  z.object({
    $type: z.string(),
    name: z.string().optional(),
    value: z.string().optional(),
    body: reference.optional(),
    properties: z.record(z.string(), property).optional(),
    additionalProperties: reference.optional(),
    itemType: reference.optional(),
    discriminator: z.string().optional(),
    baseProperties: z.record(z.string(), property).optional(),
    elements: z.union([z.array(reference), z.record(z.string(), reference)]).optional(),
  }),
);

type Types = z.infer<typeof typesSchema>;

const REQUIRED = 1;
const READ_ONLY = 2;

/** What refers to itself is cut here. */
const DEEPEST = 12;

/**
 * Reads what Azure's resource providers take, from a clone of https://github.com/Azure/bicep-types-az.
 *
 * @returns the type of a place in a resource's body: `Microsoft.Web/sites@2025-03-01#properties/properties/properties/siteConfig`, or of the whole body
 *   without `#`.
 */
export const openResourceTypes = async (clone: string): Promise<(place: string) => Promise<ModuleType>> => {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['-C', clone, ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;
  const paths = (await git('ls-tree', '-r', '--name-only', 'HEAD', 'generated')).split('\n');

  return async (place) => {
    const [resource = '', pointer = ''] = place.split('#');
    const [namespace = ''] = resource.toLowerCase().split('/');
    const version = resource.toLowerCase().split('@').at(-1) ?? '';
    for (const path of paths.filter((one) => one.endsWith(`/${namespace}/${version}/types.json`))) {
      const types = typesSchema.parse(JSON.parse(await git('show', `HEAD:${path}`)));
      const found = types.find(({ name }) => name?.toLowerCase() === resource.toLowerCase());
      if (found?.body) return follow(typeAt(types, found.body.$ref, 0), pointer.split('/').filter(Boolean));
    }
    throw new Error(`${resource} is in no types.json of ${clone}.`);
  };
};

const typeAt = (types: Types, ref: string, depth: number): ModuleType => {
  const type = types[Number(ref.slice(2))];
  if (type === undefined || depth > DEEPEST) return { type: 'any' };
  const at = ({ $ref }: { $ref: string }): ModuleType => typeAt(types, $ref, depth + 1);
  const each = (properties: Types[number]['properties'] = {}): Record<string, ModuleType> =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([, { flags }]) => (flags & READ_ONLY) === 0)
        .map(([name, one]) => [name, { ...at(one.type), ...((one.flags & REQUIRED) === 0 && { optional: true }) }]),
    );
  switch (type.$type) {
    case 'StringType':
      return { type: 'string' };
    case 'StringLiteralType':
      return { type: 'string', allowed: [type.value ?? ''] };
    case 'IntegerType':
      return { type: 'int' };
    case 'BooleanType':
      return { type: 'bool' };
    case 'ArrayType':
      return { type: 'array', ...(type.itemType && { items: at(type.itemType) }) };
    case 'UnionType':
      return unionOf(Array.isArray(type.elements) ? type.elements.map(at) : []);
    case 'ObjectType':
      return {
        type: 'object',
        properties: each(type.properties),
        ...(type.additionalProperties && { additional: at(type.additionalProperties) }),
      };
    default:
      // Among others objects with a discriminator, of which our resources have none.
      return { type: 'any' };
  }
};

/** Names to choose from. Where others are allowed too, as newer versions have more, ours are still expected to be among them. */
const unionOf = (choices: readonly ModuleType[]): ModuleType => {
  const allowed = choices.flatMap((choice) => choice.allowed ?? []);
  return choices.every(({ type }) => type === 'string')
    ? { type: 'string', ...(allowed.length > 0 && { allowed }) }
    : { type: 'any' };
};

/** By `properties/<name>` and `items`, as Bicep writes where a derived type comes from. */
const follow = (type: ModuleType, [step, name, ...rest]: readonly string[]): ModuleType => {
  if (step === undefined) return type;
  if (step === 'items') return follow(type.items ?? {}, name === undefined ? rest : [name, ...rest]);
  return follow(type.properties?.[name ?? ''] ?? { type: 'any' }, rest);
};

import * as z from 'zod';

/** A type of a module's parameter, as far as calls are checked: a part of what an ARM template says (`languageVersion` 2.0). */
export type ModuleType = {
  readonly ref?: string | undefined;
  readonly type?: 'string' | 'int' | 'bool' | 'array' | 'object' | 'any' | undefined;
  readonly allowed?: readonly (string | number | boolean)[] | undefined;
  readonly optional?: boolean | undefined;
  readonly items?: ModuleType | undefined;
  readonly properties?: Readonly<Record<string, ModuleType>> | undefined;
  /** What other names than `properties` may hold; none may be there when absent. */
  readonly additional?: ModuleType | undefined;
  /** The property that says which of `variants` it is. */
  readonly discriminator?: string | undefined;
  readonly variants?: Readonly<Record<string, ModuleType>> | undefined;
};

const moduleType: z.ZodType<ModuleType> = z.lazy(() =>
  z.strictObject({
    ref: z.string().optional(),
    type: z.enum(['string', 'int', 'bool', 'array', 'object', 'any']).optional(),
    allowed: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    optional: z.boolean().optional(),
    items: moduleType.optional(),
    properties: z.record(z.string(), moduleType).optional(),
    additional: moduleType.optional(),
    discriminator: z.string().optional(),
    variants: z.record(z.string(), moduleType).optional(),
  }),
);

/** What a caller sees of a module of the public registry at one version: `interfaces/*.json`. */
export const moduleInterfaceSchema = z.strictObject({
  /** `br/public:avm/res/web/site:0.24.0` */
  source: z.string(),
  parameters: z.record(z.string(), moduleType),
  definitions: z.record(z.string(), moduleType),
  outputs: z.record(z.string(), z.string()),
  /** The names that `roleDefinitionIdOrName` takes besides ids; others are taken for ids and fail when deployed. */
  roles: z.array(z.string()),
});

export type ModuleInterface = z.infer<typeof moduleInterfaceSchema>;

/** What the resources take that our files make without a module: `interfaces/resources.json`, by `<type>@<version>`. */
export const resourceTypesSchema = z.record(z.string(), moduleType);

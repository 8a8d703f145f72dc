import { resolve } from 'node:path';
import * as z from 'zod';

/** What a flag's schema carries for the parser and the usage text. */
export const flagMeta = z.object({
  /** What stands for its value; absent for a switch. */
  argument: z.string().optional(),
  description: z.string(),
  /** One letter, e.g. `f` for `-f`. */
  short: z.string().length(1).optional(),
  /** It may be given several times: its schema takes a list of texts. */
  many: z.boolean().optional(),
  /** It is no flag, but the word that follows the command. */
  positional: z.boolean().optional(),
});

/** A field of a command's schema as its usage shows it. */
export type DescribedFlag = z.output<typeof flagMeta> & { readonly name: string };

/** The flags of a command, in the order in which they are declared. */
export const describeFlags = (schema: z.ZodObject): DescribedFlag[] =>
  Object.entries(schema.shape).map(([name, field]) => {
    const meta: unknown = 'meta' in field && typeof field.meta === 'function' ? field.meta() : undefined;
    return { name, ...flagMeta.parse(meta) };
  });

export const numberFlag = (rule: string, accept: (value: number) => boolean) =>
  z
    .string()
    .refine((text) => /^\d+(\.\d+)?$/.test(text) && accept(Number(text)), { error: `must be ${rule}` })
    .transform(Number);

export const isWhole = (minimum: number) => (value: number) => Number.isSafeInteger(value) && value >= minimum;

/** How many of something. */
export const countFlag = numberFlag('a whole number, 1 or greater', isWhole(1));

/** A file or folder; relative to where the person is, which npm keeps in INIT_CWD while it runs a script in the project's root. */
export const pathFlag = (kind: 'file' | 'folder') =>
  z
    .string()
    .min(1, { error: `must be a ${kind}` })
    .transform((path) => resolve(process.env.INIT_CWD ?? process.cwd(), path));

/** A flag without a value. */
export const switchFlag = z.boolean().default(false);

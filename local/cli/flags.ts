import { resolve } from 'node:path';
import * as z from 'zod';

/** What a flag's schema carries for the usage text; `argument` is absent for a switch. */
export const flagMeta = z.object({ argument: z.string().optional(), description: z.string() });

const number = (rule: string, accept: (value: number) => boolean) =>
  z
    .string()
    .refine((text) => /^\d+(\.\d+)?$/.test(text) && accept(Number(text)), { error: `must be ${rule}` })
    .transform(Number);

const wholeRule = (minimum: number) => (value: number) => Number.isSafeInteger(value) && value >= minimum;

/** A port to listen on; 0 lets the system choose. */
export const portFlag = number(
  'a port: a whole number from 0 to 65535',
  (value) => wholeRule(0)(value) && value <= 65_535,
);

/** Modelled seconds per real second. */
export const speedFlag = number(
  'a number above 0 and at most 10000 (1 is real time)',
  (value) => value > 0 && value <= 10_000,
);

/** What random choices are a function of. */
export const seedFlag = number('a whole number, 0 or greater', wholeRule(0));

/** How many of something. */
export const countFlag = number('a whole number, 1 or greater', wholeRule(1));

/** A folder; relative to where the person is, which npm keeps in INIT_CWD while it runs a script in the project's root. */
export const directoryFlag = z
  .string()
  .min(1, { error: 'must be a folder' })
  .transform((path) => fromHere(path));

/** A file; relative as a folder is. */
export const fileFlag = z
  .string()
  .min(1, { error: 'must be a file' })
  .transform((path) => fromHere(path));

const fromHere = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** A flag without a value. */
export const switchFlag = z.boolean().default(false);

/** The simulator's token buckets. */
export const throttlingFlag = z
  .enum(['on', 'off'], { error: 'must be on or off' })
  .default('on')
  .meta({ argument: 'on|off', description: "Resource Manager's limits on requests (on)" });

import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { UsageError } from './command-errors.ts';
import { flagMeta } from './flags.ts';
import { suggest } from './suggest.ts';

/** What stands after a command: its flags, or the wish to read its usage. */
export type ParsedFlags<S extends z.ZodObject> =
  | { readonly help: true }
  | { readonly help: false; readonly flags: z.output<S> };

/**
 * Reads `--name value`, `--name=value`, `--switch`, `-n value` and the one word without a dash that a command may take.
 *
 * @throws {@link UsageError} naming the flag and its rule.
 */
export const parseFlags = <S extends z.ZodObject>(schema: S, args: readonly string[]): ParsedFlags<S> => {
  const isSwitch = (name: string): boolean => metaOf(schema, name).argument === undefined;
  const all = Object.keys(schema.shape);
  const positional = all.find((name) => metaOf(schema, name).positional);
  const names = all.filter((name) => name !== positional);
  const options = Object.fromEntries([...names.map((name) => [name, optionOf(schema, name)]), ['help', HELP]]);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const given: Record<string, string | boolean | string[]> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (positional === undefined || positional in given)
        throw new UsageError(`Unexpected argument "${token.value}".`);
      given[positional] = token.value;
      continue;
    }
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (name === 'help') return { help: true };
    if (!names.includes(name)) throw new UsageError(`Unknown flag ${rawName}.${suggest(name, names, '--')}`);
    if (isSwitch(name)) {
      if (name in given) throw new UsageError(`${rawName} is given twice.`);
      given[name] = switchValue(rawName, value);
      continue;
    }
    const text = textValue(rawName, value, inlineValue === true);
    const earlier = given[name];
    if (!metaOf(schema, name).many) {
      if (earlier !== undefined) throw new UsageError(`${rawName} is given twice.`);
      given[name] = text;
    } else given[name] = [...(Array.isArray(earlier) ? earlier : []), text];
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { help: false, flags: parsed.data };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  const label = name === positional ? metaOf(schema, name).argument : `--${name}`;
  if (!(name in given)) throw new UsageError(`${label} must be given.`);
  const [, index] = issue?.path ?? [];
  const value = typeof index === 'number' && Array.isArray(given[name]) ? given[name][index] : given[name];
  throw new UsageError(`${label} ${issue?.message}, not "${String(value)}".`);
};

const HELP = { type: 'boolean' as const, short: 'h' };

const optionOf = (schema: z.ZodObject, name: string) => {
  const { argument, short } = metaOf(schema, name);
  return { type: argument === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) };
};

/** The description that a flag's schema carries. */
export const metaOf = (schema: z.ZodObject, name: string): z.output<typeof flagMeta> => {
  const field = schema.shape[name];
  const meta: unknown = field && 'meta' in field && typeof field.meta === 'function' ? field.meta() : undefined;
  return flagMeta.parse(meta);
};

const switchValue = (rawName: string, value: string | undefined): true => {
  if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  return true;
};

const textValue = (rawName: string, value: string | undefined, inline: boolean): string => {
  if (value === undefined || (!inline && value.startsWith('--'))) throw new UsageError(`${rawName} needs a value.`);
  return value;
};

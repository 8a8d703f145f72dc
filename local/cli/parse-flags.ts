import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { UsageError } from './command-errors.ts';
import { flagMeta } from './flags.ts';

/** What stands after a command: its flags, or the wish to read its usage. */
export type ParsedFlags<S extends z.ZodObject> =
  | { readonly help: true }
  | { readonly help: false; readonly flags: z.output<S> };

/**
 * Reads `--name value`, `--name=value` and `--switch`.
 *
 * @throws {@link UsageError} naming the flag and its rule.
 */
export const parseFlags = <S extends z.ZodObject>(schema: S, args: readonly string[]): ParsedFlags<S> => {
  const isSwitch = (name: string): boolean => metaOf(schema, name).argument === undefined;
  const names = Object.keys(schema.shape);
  const options = Object.fromEntries(
    [...names, 'help'].map((name) => [
      name,
      {
        type: name === 'help' || isSwitch(name) ? ('boolean' as const) : ('string' as const),
        ...(name === 'help' && { short: 'h' }),
      },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const given: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`Unexpected argument "${token.value}".`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (name === 'help') return { help: true };
    if (!names.includes(name)) throw new UsageError(`Unknown flag ${rawName}.`);
    if (name in given) throw new UsageError(`${rawName} is given twice.`);
    given[name] = isSwitch(name) ? switchValue(rawName, value) : textValue(rawName, value, inlineValue === true);
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { help: false, flags: parsed.data };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  throw new UsageError(`--${name} ${issue?.message}, not "${String(given[name])}".`);
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

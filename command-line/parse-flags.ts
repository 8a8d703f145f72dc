import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { UsageError } from './command-errors.ts';
import { type DescribedFlag, describeFlags } from './flags.ts';
import { suggest } from './suggest.ts';

/**
 * Reads `--name value`, `--name=value`, `--switch`, `-n value` and the one word without a dash that a command may take.
 *
 * @returns undefined for the wish to read the usage.
 * @throws {@link UsageError} naming the flag and its rule.
 */
export const parseFlags = <S extends z.ZodObject>(schema: S, args: readonly string[]): z.output<S> | undefined => {
  const described = describeFlags(schema);
  const given = readArguments(described, args);
  if (given === undefined) return undefined;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [name, index] = issue?.path.map(String) ?? [];
  const flag = described.find((candidate) => candidate.name === name);
  const label = flag?.positional ? flag.argument : `--${name}`;
  const value = given[String(name)];
  if (value === undefined) throw new UsageError(`${label} must be given.`);
  const wrong = Array.isArray(value) ? value[Number(index)] : value;
  throw new UsageError(`${label} ${issue?.message}, not "${String(wrong)}".`);
};

type Given = Record<string, string | boolean | string[]>;

/** What stands on the command line, by flag; a flag's own rule is not asked yet. */
const readArguments = (described: readonly DescribedFlag[], args: readonly string[]): Given | undefined => {
  const word = described.find(({ positional }) => positional);
  const flags = described.filter((flag) => flag !== word);
  const options = Object.fromEntries([...flags, HELP].map((flag) => [flag.name, optionOf(flag)]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const given: Given = {};
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!word || given[word.name] !== undefined) throw new UsageError(`Unexpected argument "${token.value}".`);
      given[word.name] = token.value;
    }
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (name === HELP.name) return undefined;
    const flag = flags.find((candidate) => candidate.name === name);
    if (!flag) throw new UsageError(`Unknown flag ${rawName}.${suggest(name, namesOf(flags), '--')}`);
    const value = readValue(flag, token);
    const earlier = given[name];
    if (earlier !== undefined && !Array.isArray(earlier)) throw new UsageError(`${rawName} is given twice.`);
    given[name] = flag.many ? [...(earlier ?? []), String(value)] : value;
  }
  return given;
};

const HELP = { name: 'help', short: 'h' };

const optionOf = ({ argument, short }: Pick<DescribedFlag, 'argument' | 'short'>) => {
  const type: 'boolean' | 'string' = argument === undefined ? 'boolean' : 'string';
  return { type, ...(short !== undefined && { short }) };
};

const namesOf = (flags: readonly DescribedFlag[]): string[] => flags.map(({ name }) => name);

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

const readValue = ({ argument }: DescribedFlag, { rawName, value, inlineValue }: OptionToken): string | true => {
  if (argument === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return true;
  }
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    throw new UsageError(`${rawName} needs a value.`);
  return value;
};

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../command-line/command-errors.ts';

const objectSchema = z.record(z.string(), z.unknown());

type Body = z.output<typeof objectSchema>;

/** The flags that make the body of a POST. */
export const bodyFlags = {
  file: z.string().min(1, { error: 'must be a file' }).optional().meta({
    argument: 'FILE',
    short: 'f',
    description: 'the body in JSON; - reads it from stdin ({}: the tutorial)',
  }),
  set: z
    .array(z.string().regex(/^[^=]+=/, { error: 'must be NAME=VALUE' }))
    .default([])
    .meta({
      argument: 'NAME=VALUE',
      many: true,
      description: 'sets one field, e.g. cluster.nodeCount=5; JSON where it is JSON, else a text; may be repeated',
    }),
};

/** The body that a person describes: a file, with single fields set over it. @throws UsageError naming what cannot be read. */
export const readBody = ({
  file,
  set,
}: {
  readonly file?: string | undefined;
  readonly set: readonly string[];
}): Body => set.reduce(withField, file === undefined ? {} : readFile(file));

const readFile = (file: string): Body => {
  // Relative to where the person is, which npm keeps.
  const path = file === '-' ? 0 : resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    return objectSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? 'it holds no JSON object' : error instanceof Error ? error.message : error;
    throw new UsageError(`--file ${file} cannot be used: ${reason}`, { cause: error });
  }
};

/** Sets a field by its dotted path; `\.` is a dot within a name, as in a tag's. */
const withField = (body: Body, assignment: string): Body => {
  const equals = assignment.indexOf('=');
  const path = assignment
    .slice(0, equals)
    .split(/(?<!\\)\./)
    .map((name) => name.replaceAll('\\.', '.'));
  if (path.some((name) => name === '' || name === '__proto__')) {
    throw new UsageError(
      `--set ${assignment.slice(0, equals)} is no field: write the names of fields with dots between them.`,
    );
  }
  return setAt(body, path, parseValue(assignment.slice(equals + 1)));
};

const setAt = (body: Body, [name = '', ...rest]: readonly string[], value: unknown): Body => {
  if (rest.length === 0) return { ...body, [name]: value };
  const inner = objectSchema.safeParse(body[name]);
  return { ...body, [name]: setAt(inner.success ? inner.data : {}, rest, value) };
};

const parseValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

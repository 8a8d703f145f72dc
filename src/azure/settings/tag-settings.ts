import { z } from 'zod';
import { tagNameSchema, tagsSchema } from '../../deployment/request/deployment-request.ts';

/** `cost-center=123,env=prod`; a JSON object where a value holds a comma. The rules are those of a request's tags. */
export const defaultTagsSchema = z.string().transform((text, context): Record<string, string> => {
  const refuse = (message: string): never => {
    context.issues.push({ code: 'custom', input: text, message });
    return z.NEVER;
  };
  const given = text.trim().startsWith('{') ? parseJson(text) : parsePairs(text);
  if (given === undefined)
    return refuse('must be name=value pairs with commas between them, or a JSON object of texts');
  const parsed = tagsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const rule = issue?.code === 'invalid_key' ? `the name ${issue.issues[0]?.message}` : issue?.message;
  return refuse(`breaks a rule of tags${issue?.path.length ? ` at ${issue.path.join('.')}` : ''}: ${rule}`);
});

/** `cost-center,env` */
export const requiredTagsSchema = z
  .string()
  .transform((text) => itemsOf(text))
  .pipe(z.array(tagNameSchema));

const itemsOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Pairs one by one: of a name given twice nobody knows which value counts. */
const parsePairs = (text: string): Record<string, string> | undefined => {
  const pairs = itemsOf(text).map((item) =>
    /^([^=]+)=(.*)$/
      .exec(item)
      ?.slice(1)
      .map((part) => part.trim()),
  );
  const names = pairs.map((pair) => pair?.[0]);
  if (pairs.includes(undefined) || new Set(names).size < names.length) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[0] ?? '', pair?.[1] ?? '']));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

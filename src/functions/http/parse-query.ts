import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import type { FieldError } from '../../deployment/request/field-error.ts';
import { ProblemError } from './problem.ts';

/** The function key may travel in the URL: every route takes it, none reads it. */
export const keyInQuery = { code: z.string().optional() };

const noParameters = z.strictObject(keyInQuery);

/** @throws ProblemError 400 for any parameter on a route that has none. */
export const refuseQuery = (request: HttpRequest): void => {
  parseQuery(request, noParameters);
};

/**
 * The parameters of a request's query, checked.
 *
 * @throws ProblemError 400 that names every parameter at fault: one that is given twice, and unknown ones with those that are known.
 */
export const parseQuery = <S extends z.ZodObject>(request: HttpRequest, schema: S): z.output<S> => {
  // The URL itself: what the host hands over beside it has each name once, with its values joined.
  const twice = [...new URL(request.url).searchParams.keys()].filter(
    (name, index, names) => names.indexOf(name) !== index,
  );
  if (twice.length > 0) throw refused([...new Set(twice)].map((field) => ({ field, message: 'is given twice' })));
  const parsed = schema.safeParse(Object.fromEntries(request.query));
  if (parsed.success) return parsed.data;
  const known = Object.keys(schema.shape).filter((name) => !(name in keyInQuery));
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({
          field,
          message:
            known.length === 0 ? 'is not known; this takes no parameters' : `is not known; known are ${inWords(known)}`,
        }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  );
  throw refused(errors);
};

const refused = (errors: readonly FieldError[]): ProblemError => {
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${detail}.`, {
    extensions: { errors },
  });
};

const inWords = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

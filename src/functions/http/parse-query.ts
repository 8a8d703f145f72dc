import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
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
 * @throws ProblemError 400 that names every parameter at fault, unknown ones with those that are known.
 */
export const parseQuery = <S extends z.ZodObject>(request: HttpRequest, schema: S): z.output<S> => {
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
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${detail}.`, { extensions: { errors } });
};

const inWords = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

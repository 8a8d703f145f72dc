import type { HttpRequest } from '@azure/functions';
import { ProblemError } from './problem.ts';

/** More than any request needs; the platform itself would take 100 MB. */
const MAX_BODY_BYTES = 64 * 1024;

const TUTORIAL = "{} takes the tutorial's values for everything";

/**
 * Checks the size that the request states, on every route: also those that read no body are not sent one.
 *
 * @throws ProblemError 413 when it is too large.
 */
export const refuseLargeBody = (request: HttpRequest): void => {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
};

/**
 * The JSON value in a request's body.
 *
 * @param example - what to send, for those who sent nothing.
 * @throws ProblemError 413 when it is too large, 400 when it is empty or not JSON.
 */
export const readJsonBody = async (request: HttpRequest, example = TUTORIAL): Promise<unknown> => {
  const text = await request.text();
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) throw tooLarge();
  if (text.trim() === '') {
    throw new ProblemError(
      400,
      'empty-body',
      'The request has no body',
      `Send a JSON object; ${example}. A body sent in chunks arrives empty: send it with a Content-Length.`,
    );
  }
  try {
    return JSON.parse(text, refusePrototype);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is nested too deep.';
    throw new ProblemError(
      400,
      'invalid-json',
      'The body is not JSON',
      `The body must be a JSON object: ${reason.slice(0, 200)}`,
      {
        cause: error,
      },
    );
  }
};

/** A key of this name would vanish on its way through objects. */
const refusePrototype = (key: string, value: unknown): unknown => {
  if (key === '__proto__') throw new SyntaxError('a key may not be called __proto__');
  return value;
};

const tooLarge = (): ProblemError =>
  new ProblemError(
    413,
    'body-too-large',
    'The body is too large',
    `The body may have at most ${MAX_BODY_BYTES / 1024} KiB.`,
  );

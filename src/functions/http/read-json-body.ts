import type { HttpRequest } from '@azure/functions';
import { invalidUtf8At } from './invalid-utf8.ts';
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
 * @throws ProblemError 413 when it is too large, 400 when it is empty, not UTF-8 or not JSON.
 */
export const readJsonBody = async (request: HttpRequest, example = TUTORIAL): Promise<unknown> => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  const offset = invalidUtf8At(bytes);
  if (offset !== undefined) throw notUtf8(offset);
  const text = new TextDecoder().decode(bytes);
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

/** A decoder would put U+FFFD there, and the request would ask for something that nobody wrote. */
const notUtf8 = (offset: number): ProblemError =>
  new ProblemError(
    400,
    'invalid-utf8',
    'The body is not UTF-8',
    `The byte at offset ${offset} (counted from 0) does not belong to a character of UTF-8. Save the file as UTF-8.`,
    { extensions: { offset } },
  );

const tooLarge = (): ProblemError =>
  new ProblemError(
    413,
    'body-too-large',
    'The body is too large',
    `The body may have at most ${MAX_BODY_BYTES / 1024} KiB.`,
  );

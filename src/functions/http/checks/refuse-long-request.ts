import type { HttpRequest } from '@azure/functions';
import { ProblemError } from '../problem.ts';

/** Of the path with the query, in characters: what the platform documents for a URL, and what no route of this API comes near. */
export const MAX_URL_LENGTH = 4096;
/** Of one header, in characters: the largest tokens of Microsoft Entra have about 11,000. */
export const MAX_HEADER_LENGTH = 16 * 1024;
/** Of all headers with their names: Kestrel's own default. */
export const MAX_HEADERS_LENGTH = 32 * 1024;

/**
 * Refuses a URL or headers that are longer than any caller needs, before anything reads them: who calls is not known yet. A host in front of the app has
 * limits of its own; these hold behind every host.
 *
 * @throws ProblemError 414 and 431
 */
export const refuseLongRequest = (request: HttpRequest): void => {
  const { pathname, search } = new URL(request.url);
  const length = pathname.length + search.length;
  if (length > MAX_URL_LENGTH) {
    throw new ProblemError(
      414,
      'uri-too-long',
      'The URL is too long',
      `The path and the query have ${length} characters; at most ${MAX_URL_LENGTH} are taken. Send long values in the body.`,
    );
  }
  let total = 0;
  for (const [name, value] of request.headers) {
    if (value.length > MAX_HEADER_LENGTH) throw tooLarge(`The header ${name} has`, value.length, MAX_HEADER_LENGTH);
    total += name.length + value.length;
  }
  if (total > MAX_HEADERS_LENGTH) throw tooLarge('The headers have together', total, MAX_HEADERS_LENGTH);
};

const tooLarge = (what: string, length: number, limit: number): ProblemError =>
  new ProblemError(
    431,
    'headers-too-large',
    'The headers are too large',
    `${what} ${length} characters; at most ${limit} are taken. Leave out cookies and headers that this API does not read.`,
  );

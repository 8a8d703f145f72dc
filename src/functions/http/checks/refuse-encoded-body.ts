import type { HttpRequest } from '@azure/functions';
import { ProblemError } from '../problem.ts';

/**
 * Refuses a body that is not UTF-8 as it stands: compressed, or in another charset. Read as it is, it would be "not JSON", which names the wrong fault.
 *
 * @throws ProblemError 415; with Accept-Encoding, as RFC 7694 §3 asks, when the encoding is the reason.
 */
export const refuseEncodedBody = (request: HttpRequest): void => {
  const encodings = wordsIn(request.headers.get('content-encoding') ?? '');
  const encoding = encodings.find((each) => each !== 'identity');
  if (encoding !== undefined) {
    throw unsupported(`Content-Encoding is ${shown(encoding)}. Send the body uncompressed, without Content-Encoding.`, {
      'Accept-Encoding': 'identity',
    });
  }
  const charset = charsetOf(request.headers.get('content-type') ?? '');
  if (charset !== undefined && !TAKEN.includes(charset)) {
    throw unsupported(`The charset of Content-Type is ${shown(charset)}. Send the body as UTF-8.`);
  }
};

/** Every text of ASCII is UTF-8 too. */
const TAKEN = ['utf-8', 'utf8', 'us-ascii'];

const wordsIn = (header: string): string[] =>
  header
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The parameter of RFC 9110 §8.3.2, with or without quotes; undefined where there is none. */
const charsetOf = (contentType: string): string | undefined => {
  const [, ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  return charset?.slice('charset='.length).replaceAll('"', '').trim();
};

const shown = (text: string): string => JSON.stringify(text.slice(0, 64));

const unsupported = (detail: string, headers: Readonly<Record<string, string>> = {}): ProblemError =>
  new ProblemError(415, 'unsupported-media-type', 'The body is encoded in a way that is not taken', detail, {
    headers,
  });

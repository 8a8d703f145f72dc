import { createHmac, timingSafeEqual } from 'node:crypto';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';

/** How far a request's own time may be from now, both ways. */
const TOLERANCE_MS = 15 * 60_000;

const SIGNED_HEADERS = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
];

/**
 * Checks the signature of a request with a storage account's key (learn.microsoft.com, rest/api/storageservices/authorize-with-shared-key, the form of
 * versions from 2015-02-21 on). The time is real, since clients sign theirs.
 *
 * @param keys - the account's keys, base64.
 * @throws HttpError 403 AuthenticationFailed; the detail says what was signed here, as the service does.
 */
export const checkSharedKey = (incoming: Incoming, account: string, keys: readonly string[]): void => {
  const [, named, signature = ''] = /^SharedKey ([^:]+):(\S+)$/.exec(incoming.headers.authorization ?? '') ?? [];
  if (named !== account) throw refused(`The account '${named ?? ''}' of the Authorization header is not '${account}'.`);
  const date = Date.parse(incoming.headers['x-ms-date'] ?? incoming.headers.date ?? '');
  if (!(Math.abs(Date.now() - date) <= TOLERANCE_MS)) {
    throw refused(`Request date header too old: '${incoming.headers['x-ms-date'] ?? incoming.headers.date ?? ''}'`);
  }
  const text = stringToSign(incoming, account);
  const given = Buffer.from(signature, 'base64');
  const valid = keys.some((key) => {
    const expected = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (valid) return;
  throw refused(
    `The MAC signature found in the HTTP request '${signature}' is not the same as any computed signature. Server used following string to sign: '${text}'.`,
  );
};

const stringToSign = (incoming: Incoming, account: string): string => {
  const { headers, query, path, method } = incoming;
  const value = (name: string): string => {
    if (name === 'content-length' && headers[name] === '0') return '';
    if (name === 'date' && headers['x-ms-date'] !== undefined) return '';
    return headers[name] ?? '';
  };
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .toSorted()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  const names = [...new Set([...query.keys()].map((name) => name.toLowerCase()))].toSorted();
  const parameters = names.map((name) => {
    const values = [...query].filter(([key]) => key.toLowerCase() === name).map(([, one]) => one);
    return `\n${name}:${values.toSorted().join(',')}`;
  });
  return `${[method, ...SIGNED_HEADERS.map(value)].join('\n')}\n${own.join('')}/${account}${path}${parameters.join('')}`;
};

const refused = (detail: string): HttpError =>
  new HttpError(
    403,
    'AuthenticationFailed',
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
    { details: [{ AuthenticationErrorDetail: detail }] },
  );

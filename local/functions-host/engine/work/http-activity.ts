import { isObject, objectOf, parseJson, textOf } from '../json.ts';

/** HttpClient's limit in the extension. */
const TIMEOUT_MS = 240_000;

/** Headers that .NET keeps with the content and the extension therefore does not hand on. */
const contentHeaders: ReadonlySet<string> = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

/**
 * The extension's own activity behind `callHttp` (TaskHttpActivityShim.cs).
 *
 * @param input - JSON text of an array with the request.
 * @returns JSON text of status code, headers and content.
 * @throws Error when there is no answer; an answer of 4xx or 5xx is none.
 */
export const runHttpActivity = async (input: string | null): Promise<string> => {
  const array = input === null ? undefined : parseJson(input);
  const request: unknown = Array.isArray(array) ? array[0] : undefined;
  if (!isObject(request)) throw new Error('callHttp without a request.');
  if (isObject(request.tokenSource)) {
    throw new Error(
      'The local Functions host has no managed identity: callHttp with a token source works on Azure only.',
    );
  }
  const content = textOf(request, 'content');
  const { headers, contentType } = splitHeaders(objectOf(request, 'headers') ?? {});
  if (contentType.includes('multipart')) throw new Error('Multipart content is not supported with CallHttpAsync.');
  const response = await fetch(textOf(request, 'uri') ?? '', {
    method: textOf(request, 'method') ?? 'GET',
    headers: content === undefined ? headers : { ...headers, 'content-type': contentType || 'text/plain' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(content === undefined ? {} : { body: content }),
  });
  const answered: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    if (!contentHeaders.has(name)) answered[name] = name === 'set-cookie' ? response.headers.getSetCookie() : value;
  }
  return JSON.stringify({ statusCode: response.status, headers: answered, content: await response.text() });
};

const splitHeaders = (
  given: Readonly<Record<string, unknown>>,
): { headers: Record<string, string>; contentType: string } => {
  const headers: Record<string, string> = {};
  let contentType = '';
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') continue;
    if (name.toLowerCase() === 'content-type') contentType = value;
    else headers[name] = value;
  }
  return { headers, contentType };
};

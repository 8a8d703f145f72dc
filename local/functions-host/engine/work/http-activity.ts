import type { Clock } from '../../../clock/clock.ts';
import { isObject, parseJson } from '../json.ts';
import { HTTP_REQUEST_EXCEPTION, HttpActivityError } from './http-activity-error.ts';
import { exchange, type HttpAnswer } from './http-exchange.ts';
import { headersOf } from './http-headers.ts';
import { toExchange } from './http-request.ts';

/** HttpClient's limit in the extension (DurableHttpClientFactory.cs), modelled ms. */
const TIMEOUT_MS = 240_000;

/**
 * The extension's own activity behind `callHttp` (TaskHttpActivityShim.cs).
 *
 * @param input - JSON text of an array with the request.
 * @returns JSON text of status code, headers and content.
 * @throws HttpActivityError when there is no answer; an answer of 4xx or 5xx is one.
 */
export const runHttpActivity = async (input: string | null, clock: Clock): Promise<string> => {
  const array = input === null ? undefined : parseJson(input);
  const request: unknown = Array.isArray(array) ? array[0] : undefined;
  if (!isObject(request)) throw new HttpActivityError('System.ArgumentException', 'callHttp without a request.');
  const wanted = toExchange(request);
  const timeout = new AbortController();
  const timer = clock.schedule(clock.now() + TIMEOUT_MS, () => timeout.abort());
  try {
    const { status, headers, body } = await exchange(wanted, timeout.signal);
    return JSON.stringify({ statusCode: status, headers: headersOf(headers), content: textIn(body, headers) });
  } catch (error) {
    throw timeout.signal.aborted
      ? new HttpActivityError(
          'System.Threading.Tasks.TaskCanceledException',
          `The request was canceled due to the configured HttpClient.Timeout of ${TIMEOUT_MS / 1000} seconds elapsing.`,
          { cause: error },
        )
      : new HttpActivityError(HTTP_REQUEST_EXCEPTION, reasonOf(error, wanted.url), { cause: error });
  } finally {
    timer.cancel();
  }
};

const textIn = (body: Buffer, headers: HttpAnswer['headers']): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
};

/** The texts of .NET on Linux for what happens most; others in Node's words. */
const reasonOf = (error: unknown, { protocol, hostname, port }: URL): string => {
  const address = `(${hostname}:${port || (protocol === 'https:' ? 443 : 80)})`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return `Connection refused ${address}`;
  if (code === 'ENOTFOUND') return `Name or service not known ${address}`;
  return error instanceof Error ? error.message : String(error);
};

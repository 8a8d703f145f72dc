import type { Clock } from '../../../clock/clock.ts';
import { isObject, type JsonObject, objectOf, parseJson, textOf } from '../json.ts';
import { serializedException, type TaskFailure } from './activity-failure.ts';
import { exchange, type HttpAnswer, type HttpExchange } from './http-exchange.ts';
import { contentHeaders, headersOf } from './http-headers.ts';

/** HttpClient's limit in the extension (DurableHttpClientFactory.cs), modelled ms. */
const TIMEOUT_MS = 240_000;

/** A .NET exception behind `callHttp`. */
export class HttpActivityError extends Error {
  override readonly name = 'HttpActivityError';
  /** Of .NET. */
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }

  /**
   * What history keeps. The extension catches an HttpRequestException itself; any other goes through DTFx TaskActivityDispatcher.cs, which
   * adds FailureDetails, so that the JS SDK makes a TaskFailedError of it.
   */
  get failure(): TaskFailure {
    const { type, message } = this;
    if (type === REQUEST_EXCEPTION) {
      return { Reason: message, Details: serializedException(type, message), FailureDetails: null };
    }
    return {
      Reason: message,
      Details: `Unhandled exception while executing task: ${type}: ${message}`,
      FailureDetails: {
        ErrorType: type,
        ErrorMessage: message,
        StackTrace: null,
        InnerFailure: null,
        IsNonRetriable: false,
        Properties: null,
      },
    };
  }
}

const REQUEST_EXCEPTION = 'System.Net.Http.HttpRequestException';

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
      : new HttpActivityError(REQUEST_EXCEPTION, reasonOf(error, wanted.url), { cause: error });
  } finally {
    timer.cancel();
  }
};

const toExchange = (request: JsonObject): HttpExchange => {
  if (isObject(request.tokenSource)) {
    throw new HttpActivityError(
      'System.NotSupportedException',
      'The local Functions host has no managed identity: callHttp with a token source works on Azure only.',
    );
  }
  const body = textOf(request, 'content');
  const { headers, contentType } = splitHeaders(objectOf(request, 'headers') ?? {});
  const uri = textOf(request, 'uri') ?? '';
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new HttpActivityError(
      'System.NotSupportedException',
      `Only 'http' and 'https' schemes are allowed, and the address must be absolute: '${uri}'.`,
    );
  }
  return {
    method: textOf(request, 'method') ?? 'GET',
    url,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': contentTypeLine(contentType) },
    body,
  };
};

/** MediaTypeHeaderValue takes a bare media type only; parameters such as a charset are refused. */
const contentTypeLine = (contentType: string): string => {
  const given = contentType || 'text/plain';
  if (!/^[^\s;,/]+\/[^\s;,/]+$/.test(given)) {
    throw new HttpActivityError('System.FormatException', `The format of value '${given}' is invalid.`);
  }
  return given.toLowerCase() === 'application/x-www-form-urlencoded' ? `${given}; charset=utf-8` : given;
};

const splitHeaders = (given: JsonObject): { headers: Record<string, string>; contentType: string } => {
  const headers: Record<string, string> = {};
  let contentType = '';
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') continue;
    const lower = name.toLowerCase();
    if (lower !== 'content-type') {
      if (contentHeaders.has(lower)) throw misused(name);
      headers[name] = value;
    } else if (value.includes('multipart')) {
      throw new HttpActivityError(
        'Microsoft.Azure.WebJobs.Extensions.DurableTask.FunctionFailedException',
        'Multipart content is not supported with CallHttpAsync.',
      );
    } else contentType = value;
  }
  return { headers, contentType };
};

const misused = (name: string): HttpActivityError =>
  new HttpActivityError(
    'System.InvalidOperationException',
    `Misused header name, '${name}'. Make sure request headers are used with HttpRequestMessage, response headers with HttpResponseMessage, and content headers with HttpContent objects.`,
  );

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

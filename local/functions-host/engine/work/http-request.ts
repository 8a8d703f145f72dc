import { isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { HttpActivityError } from './http-activity-error.ts';
import type { HttpExchange } from './http-exchange.ts';
import { contentHeaders } from './http-headers.ts';

/**
 * The request of `callHttp` as it goes on the wire (TaskHttpActivityShim.cs, ConvertToHttpRequestMessage).
 *
 * @throws HttpActivityError for what .NET or this host refuses.
 */
export const toExchange = (request: JsonObject): HttpExchange => {
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

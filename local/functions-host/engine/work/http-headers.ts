/** Headers that .NET keeps with the content: they are refused in a request but for Content-Type, and not handed on of an answer. */
export const contentHeaders: ReadonlySet<string> = new Set([
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

/** The names that .NET writes in its own way however they were sent (System.Net.Http KnownHeaders.cs), as far as answers have them. */
const knownNames: ReadonlyMap<string, string> = new Map(
  [
    ...['Accept-Ranges', 'Access-Control-Allow-Credentials', 'Access-Control-Allow-Headers'],
    ...['Access-Control-Allow-Methods', 'Access-Control-Allow-Origin', 'Access-Control-Expose-Headers'],
    ...['Access-Control-Max-Age', 'Age', 'Alt-Svc', 'Cache-Control', 'Connection', 'Cookie', 'Date', 'ETag'],
    ...['Keep-Alive', 'Link', 'Location', 'P3P', 'Pragma', 'Proxy-Authenticate', 'Proxy-Connection', 'Proxy-Support'],
    ...[
      'Public-Key-Pins',
      'Refresh',
      'Retry-After',
      'Server',
      'Set-Cookie',
      'Set-Cookie2',
      'Strict-Transport-Security',
    ],
    ...['Trailer', 'Transfer-Encoding', 'Upgrade', 'Vary', 'Via', 'Warning', 'WWW-Authenticate', 'X-AspNet-Version'],
    ...['X-Content-Duration', 'X-Content-Type-Options', 'X-Frame-Options', 'X-MSEdge-Ref', 'X-Powered-By'],
    ...['X-Request-ID', 'X-UA-Compatible', 'X-XSS-Protection'],
  ].map((name) => [name.toLowerCase(), name]),
);

/**
 * An answer's headers as `callHttp` hands them on (durable extension DurableHttpResponse.cs): without those of the content, known names in
 * .NET's spelling and others as they were sent, several lines of one name as an array. .NET also takes some lists apart at their
 * commas, which is not imitated.
 */
export const headersOf = (
  lines: readonly (readonly [name: string, value: string])[],
): Record<string, string | readonly string[]> => {
  const found = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [sent, value] of lines) {
    const key = sent.toLowerCase();
    if (contentHeaders.has(key)) continue;
    const entry = found.get(key);
    if (entry) entry.values.push(value);
    else found.set(key, { name: knownNames.get(key) ?? sent, values: [value] });
  }
  return Object.fromEntries(
    [...found.values()].map(({ name, values }) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
};

const KEY = 'airflow-on-aks-function-key';
const TOKEN = 'airflow-on-aks-access-token';

/** An answer that was refused: the problem document's words. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** For what a token is wanted, when the service takes tokens. */
  readonly resource: string | undefined;

  constructor(status: number, document: ProblemDocument, challenge = '') {
    super(document.detail ?? '');
    this.status = status;
    this.title = document.title ?? `The service answered ${status}`;
    this.errors = document.errors ?? [];
    this.resource = /^Bearer .*\bresource_id="([^"]+)"/.exec(challenge)?.[1];
  }
}

interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: Problem['errors'];
}

/** What the person at the page has to show: kept for as long as the tab is open, sent as a header, never part of a URL. */
const kept = (name: string) => ({
  get: (): string => sessionStorage.getItem(name) ?? '',
  set: (value: string): void => sessionStorage.setItem(name, value),
});

export const functionKey = kept(KEY);

/** An access token of Microsoft Entra. */
export const accessToken = kept(TOKEN);

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | undefined;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: string;
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Calls the API that served this page.
 *
 * @param path - relative to the API's root: `deployments/airflow-1`.
 * @throws Problem for an answer of 400 or more; TypeError when the service cannot be reached.
 */
export const call = async <T>(path: string, options: CallOptions = {}): Promise<Answer<T>> => {
  const { method = 'GET', body, etag, signal } = options;
  const key = functionKey.get();
  const token = accessToken.get();
  const response = await fetch(new URL(path, document.baseURI), {
    method,
    cache: 'no-store',
    credentials: 'same-origin',
    headers: {
      ...(key && { 'x-functions-key': key }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(etag && { 'If-None-Match': etag }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const parsed = isJson && text ? JSON.parse(text) : text;
  if (response.status >= 400) {
    throw new Problem(response.status, isJson ? parsed : {}, response.headers.get('WWW-Authenticate') ?? '');
  }
  return { status: response.status, body: parsed, etag: response.headers.get('ETag') ?? undefined };
};

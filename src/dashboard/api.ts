const KEY = 'airflow-on-aks-function-key';

/** An answer that was refused: the problem document's words. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];

  constructor(status: number, document: ProblemDocument) {
    super(document.detail ?? '');
    this.status = status;
    this.title = document.title ?? `The service answered ${status}`;
    this.errors = document.errors ?? [];
  }
}

interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: Problem['errors'];
}

/** The key of the person at the page: kept for as long as the tab is open, sent as a header, never part of a URL. */
export const functionKey = {
  get: (): string => sessionStorage.getItem(KEY) ?? '',
  set: (key: string): void => sessionStorage.setItem(KEY, key),
};

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
  const response = await fetch(new URL(path, document.baseURI), {
    method,
    cache: 'no-store',
    credentials: 'same-origin',
    headers: {
      ...(key && { 'x-functions-key': key }),
      ...(etag && { 'If-None-Match': etag }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const parsed = isJson && text ? JSON.parse(text) : text;
  if (response.status >= 400) throw new Problem(response.status, isJson ? parsed : {});
  return { status: response.status, body: parsed, etag: response.headers.get('ETag') ?? undefined };
};

/** A request as the parts of the host pass it on. */
export interface HostRequest {
  readonly method: string;
  /** As the caller sees it: scheme, Host header, path and query. */
  readonly url: URL;
  /** Names in lower case; several values joined with a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A whole answer. */
export interface HostResponse {
  readonly status: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** Answers a request; an error becomes 500. */
export type HostHandler = (request: HostRequest) => Promise<HostResponse>;

/** An answer with a JSON body. */
export const jsonResponse = (
  status: number,
  value: unknown,
  headers: readonly (readonly [string, string])[] = [],
): HostResponse => ({
  status,
  headers: [['Content-Type', 'application/json; charset=utf-8'], ...headers],
  body: JSON.stringify(value),
});

/** A request before its body is read: who may call is decided by this alone. */
export interface HostRequestHead {
  readonly method: string;
  /** As the caller sees it: scheme, Host header, path and query. */
  readonly url: URL;
  /** Names in lower case; several values joined with a comma. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A request as the parts of the host pass it on. */
export interface HostRequest extends HostRequestHead {
  readonly body: Buffer;
}

/** A request whose body is still on its way. */
export interface UnreadRequest extends HostRequestHead {
  /** Reads all of it. @throws BodyTooLargeError above the limit */
  read(): Promise<HostRequest>;
}

/** A whole answer. */
export interface HostResponse {
  readonly status: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** Answers a request whose body it may leave unread; an error becomes 500. */
export type UnreadHandler = (request: UnreadRequest) => Promise<HostResponse>;

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

import { Agent, request } from 'node:http';

/** A request, down to its bytes. */
export interface Outgoing {
  readonly method: string;
  /** With its query, as it stands in the request line. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
}

/** An answer, with the names of its headers in lower case. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request as it is: fetch would refuse some methods and put others right. */
export const send = (origin: string, { method, target, headers = {}, body }: Outgoing): Promise<Sent> =>
  new Promise((done, fail) => {
    const { hostname: host, port } = new URL(origin);
    const length = body ? { 'content-length': `${body.length}` } : {};
    const outgoing = request(
      { agent, host, port, method, path: target, headers: { ...length, ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', fail);
        incoming.on('end', () => {
          const all = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
          done({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(all),
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });

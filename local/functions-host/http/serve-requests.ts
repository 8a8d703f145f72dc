import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../worker/log.ts';
import type { HostResponse, UnreadHandler } from './host-message.ts';
import { BodyTooLargeError, openRequest } from './read-request.ts';
import { refuseRequest } from './refuse-request.ts';
import { writeResponse } from './write-response.ts';

/** How requests are answered. */
export interface ListenerOptions {
  readonly handler: UnreadHandler;
  /** Of a request's body, in bytes. */
  readonly bodyLimit: () => number;
  readonly log: Log;
  /** Called for every request before it is read; the returned function is called when it is answered. */
  readonly track?: (incoming: IncomingMessage) => () => void;
  /** Milliseconds since the epoch, for the header `Date`; the system's when absent. */
  readonly now?: () => number;
}

/** Turns a handler of whole messages into a listener of `node:http`. */
export const serveRequests = (options: ListenerOptions): RequestListener => {
  return (incoming, outgoing) => {
    const release = options.track?.(incoming);
    void answer(options, incoming, outgoing).finally(release);
  };
};

const answer = async (
  { handler, bodyLimit, log, now = Date.now }: ListenerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  let response: HostResponse;
  try {
    response = refuseRequest(incoming) ?? (await handler(openRequest(incoming, bodyLimit())));
  } catch (error) {
    response = toFailure(error, incoming, outgoing);
    if (response.status === 500)
      log('error', 'Host.Http', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  // What was left unread is thrown away: a caller that is still sending would see a broken connection instead of the answer.
  if (!incoming.readableEnded) incoming.resume();
  // By the same clock as every instant in the answers: a caller measures what is running against it.
  outgoing.setHeader('Date', new Date(now()).toUTCString());
  try {
    writeResponse(outgoing, response);
  } catch (error) {
    // A header or status that node refuses, e.g. a line break in a value, came from the function.
    log(
      'error',
      'Host.Http',
      `The response could not be sent: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (outgoing.headersSent) {
      outgoing.destroy();
      return;
    }
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    writeResponse(outgoing, { status: 500 });
  }
};

const toFailure = (error: unknown, incoming: IncomingMessage, outgoing: ServerResponse): HostResponse => {
  if (error instanceof BodyTooLargeError) return { status: 413 };
  if (incoming.readableAborted || outgoing.destroyed) return { status: 400 };
  return { status: error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_URL' ? 400 : 500 };
};

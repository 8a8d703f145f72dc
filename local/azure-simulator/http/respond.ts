import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** What an answer is on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there can be none. */
  readonly text: string | undefined;
}

/** JSON unless it has text of its own. */
export const wireAnswer = (answer: Answer, headers: Readonly<Record<string, string>> = {}): WireAnswer => {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const type =
    answer.text === undefined && answer.body !== undefined
      ? 'application/json; charset=utf-8'
      : 'text/plain; charset=utf-8';
  const contentType = text === '' && answer.text === undefined ? {} : { 'content-type': type };
  const bodyless = answer.status === 204 || answer.status === 304;
  const length = bodyless ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return {
    status: answer.status,
    headers: { ...headers, ...contentType, ...length, ...answer.headers },
    text: bodyless ? undefined : text,
  };
};

/** Writes an answer. */
export const respond = (response: ServerResponse, answer: Answer, headers: Record<string, string> = {}): void => {
  if (response.destroyed || response.headersSent) return;
  const wire = wireAnswer(answer, headers);
  response.writeHead(wire.status, wire.headers);
  response.end(wire.text);
};

import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** Writes an answer; JSON unless it has text of its own. */
export const respond = (response: ServerResponse, answer: Answer, headers: Record<string, string> = {}): void => {
  if (response.destroyed || response.headersSent) return;
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const type =
    answer.text === undefined && answer.body !== undefined
      ? 'application/json; charset=utf-8'
      : 'text/plain; charset=utf-8';
  const contentType = text === '' && answer.text === undefined ? {} : { 'content-type': type };
  const bodyless = answer.status === 204 || answer.status === 304;
  const length = bodyless ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  response.writeHead(answer.status, { ...headers, ...contentType, ...length, ...answer.headers });
  response.end(bodyless ? undefined : text);
};

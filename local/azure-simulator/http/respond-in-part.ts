import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Cut } from '../state/faults.ts';
import type { WireAnswer } from './respond.ts';

/** Longer than any client waits. */
const SILENCE_SECONDS = 300;
/** Real time for the other side to read what was sent: a reset may overtake it. */
const ARRIVAL_MS = 5;

/**
 * Writes an answer so far as a fault lets it, byte by byte on the socket, and then ends the connection as the fault says.
 *
 * @param sleep - of modelled time, in ms.
 */
export const respondInPart = async (
  socket: Socket,
  answer: WireAnswer,
  cut: Cut,
  sleep: (ms: number) => Promise<void>,
): Promise<void> => {
  const { by, seconds = SILENCE_SECONDS } = cut;
  await written(socket, bytesUntil(cut, answer));
  if (by === 'silence') await sleep(seconds * 1000);
  // Inside TLS there is no handle that could be reset.
  if (by === 'reset' && !(socket instanceof TLSSocket)) socket.resetAndDestroy();
  else socket.end(() => socket.destroy());
};

const bytesUntil = ({ at, chunked = false }: Cut, answer: WireAnswer): string => {
  const { status, headers, text = '' } = answer;
  // An empty body would be whole with its headers.
  const body = text === '' ? ' ' : text;
  const { 'content-length': _, ...others } = headers;
  const framing = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...others, ...framing }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n');
  const half = body.slice(0, Math.floor(body.length / 2));
  const inChunks = (part: string): string =>
    part === '' ? '' : `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`;
  switch (at) {
    case 'before-headers':
      return '';
    case 'within-headers':
      return head.slice(0, Math.floor(head.length / 2));
    case 'after-headers':
      return head;
    case 'within-body':
      return head + (chunked ? inChunks(half) : half);
    case 'after-body':
      return head + (chunked ? `${inChunks(body)}0\r\n\r\n` : body);
  }
};

const written = async (socket: Socket, bytes: string): Promise<void> => {
  if (bytes !== '') await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS));
};

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { HttpResponseInit } from '@azure/functions';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

/** The page's files stand beside the compiled app. They hold no data and no secret: the page asks for the key and sends it as a header. */
const FOLDER = new URL('../dashboard/', import.meta.url);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Everything the page loads comes from where it came from; nothing is inline, and nobody may put it into a frame. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** `GET /api/dashboard`: the page that people look at. */
export const getDashboard = ({ request }: Call): Promise<HttpResponseInit> => answerFile('page.html', request);

/** `GET /api/dashboard/{file}`: its scripts and its style. */
export const getDashboardFile = ({ request }: Call): Promise<HttpResponseInit> =>
  answerFile(request.params.file ?? '', request);

const answerFile = async (name: string, request: Call['request']): Promise<HttpResponseInit> => {
  const [, extension = ''] = /^[a-z-]+\.(html|css|js)$/.exec(name) ?? [];
  const content = extension === '' ? undefined : await readOnce(name);
  if (content === undefined) {
    const detail = 'The page of the dashboard is at /api/dashboard.';
    throw new ProblemError(404, 'unknown-path', 'There is no such path', detail);
  }
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  const headers = { ...SECURITY_HEADERS, ETag: etag, 'Cache-Control': 'no-cache' };
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers };
  return { headers: { ...headers, 'Content-Type': CONTENT_TYPES[extension] ?? '' }, body: content };
};

const files = new Map<string, Buffer>();

const readOnce = async (name: string): Promise<Buffer | undefined> => {
  const known = files.get(name);
  if (known) return known;
  if (!(await readdir(FOLDER)).includes(name)) return undefined;
  const content = await readFile(new URL(name, FOLDER));
  files.set(name, content);
  return content;
};

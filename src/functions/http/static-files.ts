import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { ProblemError } from './problem.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Everything that a page loads comes from where it came from; nothing is inline, and nobody may put it into a frame. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * Answers the files of a page. They hold no data and no secret: the page asks for the key and sends it as a header.
 *
 * @param folder - a folder whose pages, scripts and styles are all public.
 * @param only - the names that may be served; all pages, scripts and styles when absent.
 */
export const staticFiles = (folder: URL, only?: readonly string[]) => {
  const files = new Map<string, Buffer>();

  const readOnce = async (name: string): Promise<Buffer | undefined> => {
    const known = files.get(name);
    if (known) return known;
    const names = only ?? (await readdir(folder));
    if (!names.includes(name)) return undefined;
    const content = await readFile(new URL(name, folder));
    files.set(name, content);
    return content;
  };

  return {
    has: (name: string): boolean => only?.includes(name) ?? true,
    /** @throws ProblemError 404 for a name that is none of the page's. */
    answer: async (name: string, request: HttpRequest): Promise<HttpResponseInit> => {
      const [, extension = ''] = /^[a-z-]+\.(html|css|js)$/.exec(name) ?? [];
      const content = extension === '' ? undefined : await readOnce(name);
      if (content === undefined) {
        const detail = 'The pages are at /api/dashboard and /api/reference.';
        throw new ProblemError(404, 'unknown-path', 'There is no such path', detail);
      }
      const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
      const headers = { ...SECURITY_HEADERS, ETag: etag, 'Cache-Control': 'no-cache' };
      if (request.headers.get('if-none-match') === etag) return { status: 304, headers };
      return { headers: { ...headers, 'Content-Type': CONTENT_TYPES[extension] ?? '' }, body: content };
    },
  };
};

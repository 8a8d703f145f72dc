import type { HttpResponseInit } from '@azure/functions';
import type { Call } from './http/handle.ts';
import { staticFiles } from './http/static-files.ts';

/** They stand beside the compiled app. */
const files = staticFiles(new URL('../dashboard/', import.meta.url));

/** `GET /api/dashboard`: the page for people. */
export const getDashboard = ({ request }: Call): Promise<HttpResponseInit> => files.answer('page.html', request);

/** `GET /api/dashboard/{file}`: its scripts and its style. */
export const getDashboardFile = ({ request }: Call): Promise<HttpResponseInit> =>
  files.answer(request.params.file ?? '', request);

import type { HttpResponseInit } from '@azure/functions';
import type { Call } from './http/handle.ts';
import { staticFiles } from './http/static-files.ts';

/** Our page around Swagger UI, and what it takes of that library. */
const page = staticFiles(new URL('../reference/', import.meta.url));
const library = staticFiles(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')), [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
]);

/** `GET /api/reference`: the API, to browse and to try. */
export const getReference = ({ request }: Call): Promise<HttpResponseInit> => page.answer('page.html', request);

/** `GET /api/reference/{file}`: its scripts and styles. */
export const getReferenceFile = ({ request }: Call): Promise<HttpResponseInit> => {
  const { file = '' } = request.params;
  return (library.has(file) ? library : page).answer(file, request);
};

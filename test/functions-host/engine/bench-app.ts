import { fileURLToPath } from 'node:url';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';
export const app = await loadApp(fileURLToPath(new URL('app', import.meta.url)), { log: () => {} });

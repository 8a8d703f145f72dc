import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

const load = async (name: string) => {
  const lines: string[] = [];
  const log = (level: string, category: string, message: string) => void lines.push(`${level} ${category} ${message}`);
  const app = await loadApp(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)), { log });
  return { app, lines, names: app.functions.map((loaded) => loaded.name) };
};

test('an ES module app with top-level await, functions sorted without regard to case', async () => {
  const { app, names } = await load('esm-app');
  expect(names).toEqual(['alpha', 'Zeta']);
  const zeta = app.functions[1];
  if (!zeta) throw new Error('Zeta is missing.');
  const http = { method: 'GET', url: 'http://localhost/api/Zeta', headers: {}, query: {}, params: {} };
  const response = await app.invokeHttp(zeta, http);
  expect(response).toMatchObject({ statusCode: '200', enableContentNegotiation: false });
});

test('a CommonJS app, and a pattern with files of both kinds', async () => {
  expect((await load('cjs-app')).names).toEqual(['plain']);
  expect((await load('glob-app')).names).toEqual(['one', 'two']);
});

test('apps that share a copy of @azure/functions do not see each other; loading again gives the same functions', async () => {
  const [first, second] = await Promise.all([load('esm-app'), load('cjs-app')]);
  expect([first.names, second.names]).toEqual([['alpha', 'Zeta'], ['plain']]);
  expect((await load('esm-app')).names).toEqual(['alpha', 'Zeta']);
});

test('an entry point that fails or is missing is named', async () => {
  await expect(load('broken-app')).rejects.toThrow('Worker was unable to load entry point "main.js": no such setting');
  await expect(load('no-main-app')).rejects.toThrow(
    'Worker was unable to load entry point "dist/main.js": File does not exist',
  );
});

test('functions in error are reported and left out, triggers that never fire are listed with a warning', async () => {
  const { names, lines } = await load('error-app');
  expect(names).toEqual(['good', 'tick']);
  expect(lines).toEqual([
    "error Host.Startup The '9bad' function is in error: '9bad' is not a valid function name.",
    "warning Host.Startup The local Functions host does not fire timerTrigger: 'tick' is listed but never runs.",
  ]);
});

test('names() leaves disabled functions out and knows types without regard to case', async () => {
  const { app } = await load('hooks-app');
  process.env['AzureWebJobs.value.Disabled'] = '1';
  try {
    const again = (await load('hooks-app')).app;
    expect(again.names('activityTrigger')).not.toContain('value');
  } finally {
    delete process.env['AzureWebJobs.value.Disabled'];
  }
  expect(app.names('activityTrigger')).toContain('value');
  expect(app.names('orchestrationTrigger')).toEqual([]);
});

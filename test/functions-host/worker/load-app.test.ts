import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
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

test('functions in error are reported and left out', async () => {
  const { names, lines } = await load('error-app');
  expect(names).toEqual(['good', 'queued']);
  expect(lines).toEqual([
    "error Host.Startup The '9bad' function is in error: '9bad' is not a valid function name.",
    "error Host.Startup The 'Good' function is in error: Its name differs from that of 'good' in upper and lower case only. Rename one.",
    "error Host.Startup The 'odd' function is in error: The binding type(s) 'oddTrigger' are not registered. Please ensure the type is correct and the binding extension is installed.",
    "error Host.Startup The 'next' function is in error: It needs the gRPC protocol of Durable Task (durable-functions 4), which the local Functions host does not imitate. Install durable-functions 3, or run the app with Azure Functions Core Tools.",
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

test('an app with a copy of @azure/functions of its own', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'app-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const modules = join(dirname(createRequire(import.meta.url).resolve('@azure/functions/package.json')), '..', '..');
  for (const name of ['@azure/functions', '@azure/functions-extensions-base', 'cookie']) {
    const filter = (path: string) => !/\.map$|\/src(\/|$)|\/types(\/|$)/.test(path.slice(modules.length));
    cpSync(join(modules, name), join(directory, 'node_modules', name), { recursive: true, filter });
  }
  writeFileSync(join(directory, 'package.json'), '{ "main": "main.js" }');
  writeFileSync(join(directory, 'main.js'), "require('@azure/functions').app.get('own', () => ({ body: 'own' }));");
  const app = await loadApp(directory, { log: () => {} });
  expect(app.functions.map(({ name }) => name)).toEqual(['own']);
  const [own] = app.functions;
  if (!own) throw new Error('The function is missing.');
  const http = { method: 'GET', url: 'http://localhost/api/own', headers: {}, query: {}, params: {} };
  expect(await app.invokeHttp(own, http)).toMatchObject({ statusCode: '200' });
  expect((await load('cjs-app')).names).toEqual(['plain']);
});

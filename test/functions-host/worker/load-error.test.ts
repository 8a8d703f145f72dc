import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';

const require = createRequire(import.meta.url);

type Files = Record<string, string>;

/**
 * Loads apps of these files in one plain Node process, since a test runner loads ES modules in its own way.
 *
 * @returns why each does not load, and its log, with the app's folder written as APP.
 */
const load = (apps: readonly Files[]): { message: string; lines: string[] }[] => {
  const directories = apps.map((files) => {
    const directory = mkdtempSync(join(tmpdir(), 'app-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return directory;
  });
  try {
    const script = fileURLToPath(new URL('load-each.ts', import.meta.url));
    const output = execFileSync(process.execPath, [script, ...directories], { encoding: 'utf8' });
    const plain = directories.reduce((text, directory) => text.replaceAll(directory, 'APP'), output);
    return results.parse(JSON.parse(plain));
  } finally {
    for (const directory of directories) rmSync(directory, { recursive: true });
  }
};

const results = z.array(z.object({ message: z.string(), lines: z.array(z.string()) }));

const main = (name: string, type = 'commonjs'): Files => ({
  'package.json': JSON.stringify({ main: name, type }),
});
const unable = (rest: string): string => `Worker was unable to load entry point ${rest}`;

const REFUSED: readonly [what: string, files: Files, message: string][] = [
  [
    'a syntax error',
    { ...main('main.js'), 'main.js': 'const a = 1;\nconst b = = 2;\n' },
    `"main.js": Unexpected token '=' (at main.js:2)`,
  ],
  [
    'a syntax error in an ES module',
    { ...main('lib/*.mjs'), 'lib/one.mjs': 'export {};\n', 'lib/two.mjs': '\n\nlet x = ;\n' },
    `"lib/two.mjs": Unexpected token ';' (at lib/two.mjs:3)`,
  ],
  [
    'an exception in a file that the entry point loads',
    {
      ...main('main.js'),
      'main.js': "require('./settings.js');",
      'settings.js': "\nthrow new Error('no such setting: X');",
    },
    '"main.js": no such setting: X (at settings.js:2:7)',
  ],
  [
    'packages that are not installed',
    { ...main('main.js'), 'main.js': "require('@azure/nope/sub');" },
    `"main.js": Cannot find module '@azure/nope/sub' (at main.js:1:1). The packages are not installed: run npm install in APP.`,
  ],
  [
    'a package that is missing',
    { ...main('main.mjs'), 'main.mjs': "import '@azure/nope/sub';", 'node_modules/other/package.json': '{}' },
    `"main.mjs": Cannot find package '@azure/nope' imported from APP/main.mjs. Add the package to the app: npm install @azure/nope in APP.`,
  ],
  [
    'a name that a module does not export',
    { ...main('main.mjs'), 'main.mjs': "import { nope } from 'node:fs';" },
    `"main.mjs": The requested module 'node:fs' does not provide an export named 'nope' (at main.mjs:1)`,
  ],
  [
    'CommonJS in a package of ES modules',
    { ...main('main.js', 'module'), 'main.js': "const fs = require('node:fs');" },
    `"main.js": require is not defined in ES module scope, you can use import instead (at main.js:1:12). The file is CommonJS: name it .cjs, or take "type": "module" out of package.json.`,
  ],
  [
    'the same function twice',
    {
      ...main('main.js'),
      'main.js': `const { app } = require(${JSON.stringify(require.resolve('@azure/functions'))});\napp.get('twice', () => ({}));\napp.get('twice', () => ({}));\n`,
    },
    '"main.js": A function with id "twice" has already been registered. (at main.js:3:5)',
  ],
  [
    'no such file',
    main('dist/main.js'),
    '"dist/main.js": File does not exist in APP. Build the app, or correct "main" ("dist/main.js") in APP/package.json.',
  ],
  [
    'a pattern that nothing matches',
    main('dist/src/{index,functions/*}.js'),
    '"dist/src/{index,functions/*}.js": Found zero files matching the supplied pattern in APP. Build the app, or correct "main" ("dist/src/{index,functions/*}.js") in APP/package.json.',
  ],
  [
    'TypeScript that is not compiled',
    { ...main('dist/*.js'), 'tsconfig.json': '{}', 'src/main.ts': '' },
    '"dist/*.js": Found zero files matching the supplied pattern in APP. The app is written in TypeScript and seems not to be compiled: run its build script there, e.g. npm run build.',
  ],
];

let loaded: ReturnType<typeof load> = [];
beforeAll(() => {
  loaded = load(REFUSED.map(([, files]) => files));
});

test.each(REFUSED.map(([what, , message], index) => ({ what, message, index })))('$what', ({ message, index }) => {
  expect(loaded[index]?.message).toBe(unable(message));
});

test('an app of the programming model v3', () => {
  const v3 = { 'hello/function.json': '{}', 'hello/index.js': '' };
  for (const { message } of load([
    { 'package.json': '{}', ...v3 },
    { ...main('index.js'), ...v3 },
  ])) {
    expect(message).toMatch(
      /^APP\/hello\/function\.json: this app is of the Node\.js programming model v3, and this host runs v4 only\. Register/,
    );
  }
});

test('no main, no package.json: the app is empty, and the log says why', () => {
  const [noMain, noPackage] = load([{ 'package.json': '{}' }, {}]);
  expect(noMain).toEqual({
    message: 'loaded',
    lines: [
      'warning No "main" in APP/package.json: the app registers no functions. Name the compiled files there, e.g. "main": "dist/src/functions/*.js".',
    ],
  });
  expect(noPackage?.lines[0]).toMatch(/^warning Worker failed to load package\.json \(APP\/package\.json\): /);
});

test('main may be a folder: all files in it', () => {
  const one = "globalThis.loaded = ['one'];";
  const two = 'throw new Error(JSON.stringify(globalThis.loaded));';
  const [result] = load([{ ...main('lib'), 'lib/a.js': one, 'lib/b/two.cjs': two }]);
  expect(result?.message).toBe(unable('"lib/b/two.cjs": ["one"] (at lib/b/two.cjs:1:7)'));
});

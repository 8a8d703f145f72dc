import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntryPoint } from './entry-points.ts';
import { toError } from './worker-errors.ts';

/** What is wrong, where, and what to do: the words of azure-functions-nodejs-worker `startApp.ts`, with place and remedy added. */
export const loadError = (root: string, entryPoint: EntryPoint, thrown: unknown): Error => {
  const cause = toError(thrown);
  const message = cause.message.split('\n', 1).join('') || cause.name;
  const place = placeOf(root, cause) ?? (cause instanceof SyntaxError ? syntaxErrorIn(root, entryPoint) : undefined);
  const hint = hintFor(root, cause);
  return new Error(
    `Worker was unable to load entry point "${entryPoint.name}": ${message}${place ? ` (at ${place})` : ''}${hint ? `. ${hint}` : ''}`,
    { cause },
  );
};

/** The first place in the app's own code that a stack names: `lib/main.js:2:11`; a CommonJS file with a syntax error heads its stack. */
const placeOf = (root: string, { stack = '' }: Error): string | undefined => {
  for (const line of stack.split('\n')) {
    // The last word of the line: `file:///app/main.js:2:11)`.
    const word = line.split(/[\s()]/).findLast((part) => part !== '') ?? '';
    const [position = ''] = /:\d{1,9}(?::\d{1,9})?$/.exec(word) ?? [];
    const file = word.slice(0, word.length - position.length);
    if (position === '' || !(file.startsWith('/') || file.startsWith('file:///'))) continue;
    const path = relative(root, file.startsWith('file://') ? fileURLToPath(file) : file);
    if (!path.startsWith('..') && !path.startsWith('node_modules')) return `${path}${position}`;
  }
  return undefined;
};

/** The stack of a syntax error in an ES module names no file; Node says where it is when it checks the file alone. */
const syntaxErrorIn = (root: string, { path }: EntryPoint): string | undefined => {
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' });
  const place = stderr.split('\n', 1).join('');
  return stderr.includes('SyntaxError') ? placeOf(root, { name: '', message: '', stack: place }) : undefined;
};

const hintFor = (root: string, cause: Error): string | undefined => {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_REQUIRE_ESM' || /Cannot use import statement outside a module/.test(cause.message)) {
    return `The file is an ES module: let ${join(root, 'package.json')} say "type": "module", or name it .mjs.`;
  }
  if (/^(require|module|exports) is not defined in ES module scope/.test(cause.message)) {
    return 'The file is CommonJS: name it .cjs, or take "type": "module" out of package.json.';
  }
  const missing = /Cannot find (?:module|package) '([^'./][^']*)'/.exec(cause.message)?.[1];
  if (missing === undefined) return undefined;
  if (!existsSync(join(root, 'node_modules'))) return `The packages are not installed: run npm install in ${root}.`;
  return `Add the package to the app: npm install ${missing.split('/', missing.startsWith('@') ? 2 : 1).join('/')} in ${root}.`;
};

import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type AllowedImport, importedModules, type RuleOptions, violationsIn } from './determinism-rules.ts';

const src = new URL('../../src/', import.meta.url);

const read = (file: URL): string => readFileSync(file, 'utf8');

const nameOf = (file: URL): string => relative(fileURLToPath(src), fileURLToPath(file));

const orchestrators = readdirSync(new URL('orchestrators/', src), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => new URL(`orchestrators/${name}`, src));

/** The files and all that they import, and so on: what runs when an orchestrator is replayed. */
const withImports = (files: readonly URL[]): URL[] => {
  const seen = new Map(files.map((file) => [file.href, file]));
  for (const file of seen.values()) {
    for (const path of importedModules(read(file))) {
      const imported = new URL(path, file);
      seen.set(imported.href, imported);
    }
  }
  return [...seen.values()];
};

const orchestratorImports: readonly AllowedImport[] = [
  { from: '../task-hub/orchestration.ts', names: 'types' },
  { from: '../../task-hub/orchestration.ts', names: 'types' },
  { from: 'zod' },
  { from: './' },
  { from: '../deployment/' },
  { from: '../../deployment/' },
  { from: '../status/' },
  { from: '../steps/' },
  { from: '../../steps/' },
];

/** Hashes and v5 UUIDs are functions of their input; the other exports of these two modules draw random numbers. */
const domainImports: readonly AllowedImport[] = [
  { from: 'zod' },
  { from: './' },
  ...['az', 'callbacks', 'deployment', 'driver', 'names', 'plan', 'profile', 'request', 'run', 'steps'].flatMap(
    (room) => [{ from: `../${room}/` }, { from: `../../${room}/` }],
  ),
  { from: 'node:crypto', names: ['createHash'] },
  { from: 'uuid', names: ['v5'] },
];

const optionsFor = (name: string): RuleOptions =>
  name.startsWith('orchestrators/')
    ? {
        imports: orchestratorImports,
        mayRace: name === 'orchestrators/driver/cancellation.ts',
        mayWaitForAll: name === 'orchestrators/driver/settle-all.ts',
      }
    : { imports: name.startsWith('deployment/run/stored/') ? [...domainImports, { from: '../' }] : domainImports };

const files = withImports(orchestrators).map((file) => [nameOf(file), file] as const);

describe('an orchestrator does the same at every replay', () => {
  it('all of them and the domain under them are checked', () => {
    const names = files.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['orchestrators/deployment.ts', 'orchestrators/undo.ts']));
    expect(names).toEqual(
      expect.arrayContaining(['deployment/driver/step-execution.ts', 'deployment/run/cancellation.ts']),
    );
    for (const name of names) expect(name).toMatch(/^(orchestrators|deployment|status|steps)\//);
  });

  it.each(files)('%s', (name, file) => {
    expect(violationsIn(read(file), optionsFor(name))).toEqual([]);
  });
});

describe('the rules find', () => {
  const found = (source: string, options: Partial<RuleOptions> = {}): string[] =>
    violationsIn(source, { imports: orchestratorImports, ...options }).map(({ what }) => what);

  it.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date(...[]);',
    'const now = Date();',
    'const Clock = Date;',
    'const { now } = Date;',
    "const now = Date['now']();",
    'const { currentUtcDateTime: now } = { currentUtcDateTime: Date };',
    'const hour = date.getHours();',
    "const text = date.toLocaleString('en');",
    'const order = a.localeCompare(b);',
    'const x = Math.random();',
    'const { random } = Math;',
    "const x = Math['random']();",
    'const t = performance.now();',
    'const name = process.env.NAME;',
    'const name = globalThis.process;',
    'const id = globalThis.crypto.randomUUID();',
    'const id = crypto.randomUUID();',
    "const page = fetch('https://example.com');",
    'setTimeout(() => {}, 1);',
    'setInterval(() => {}, 1);',
    'setImmediate(() => {});',
    'queueMicrotask(() => {});',
    'async function run() {}',
    'const run = async () => {};',
    'class A { async run() {} }',
    'async function* run() {}',
    'await 1;',
    'for await (const x of list) {}',
    'const all = Promise.all([]);',
    'function f(wait = Promise) {}',
    'const made = { Promise };',
    "console.log('here');",
    'const here = import.meta.url;',
    "const fs = require('node:fs');",
    "const fs = import('node:fs');",
    "import { readFileSync } from 'node:fs';",
    "import { randomUUID } from 'node:crypto';",
    "import * as df from 'durable-functions';",
    "import type { OrchestrationContext } from 'durable-functions';",
    "import * as hub from '../task-hub/orchestration.ts';",
    "import { Task } from '../task-hub/orchestration.ts';",
    "import '../task-hub/orchestration.ts';",
    "import type { TaskHub } from '../task-hub/task-hub.ts';",
    "import { armClients } from '../azure/arm-clients.ts';",
    "import { z } from './../azure/arm-clients.ts';",
    "export * from '../azure/arm-clients.ts';",
    "export { armClients } from '../azure/arm-clients.ts';",
    'yield context.df.Task.any([a, b]);',
    'yield Task.any([a, b]);',
    'const { any } = context.df.Task;',
    'yield context.df.Task.all([]);',
    'yield context.df.Task.all(tasks);',
    'yield Task.all(tasks);',
    'const { all } = context.df.Task;',
    "yield context.df.waitForExternalEvent('cancel');",
    'yield context.df.createTimer(at);',
    "yield context.df.callActivityWithRetry('name', options);",
    "yield context.df.callSubOrchestratorWithRetry('name', options);",
    "yield context.df.callActivity('stranger', input);",
    "yield context.df.callSubOrchestrator('name', input, id);",
    'const options = { retryTimeoutInMilliseconds: 1 };',
    "throw 'x';",
    'throw error;',
    'throw new Error();',
    "throw new Error('');",
    'throw new Error(``);',
    "throw { message: 'x' };",
    'const input = { Timestamp: 1 };',
    "const input = { 'Timestamp': 1 };",
    'const at = input.Timestamp;',
    'interface Input { Timestamp: string }',
  ])('%s', (source) => {
    const [line = ''] = source.startsWith('yield') ? [`function* run() { ${source} }`] : [source];
    expect(found(line)).not.toEqual([]);
  });

  it.each([
    "import { createHash, randomBytes } from 'node:crypto';",
    "import crypto from 'node:crypto';",
    "import * as crypto from 'node:crypto';",
    "import { v4 } from 'uuid';",
    "import { v4 as v5 } from 'uuid';",
    "import { armClients } from '../azure/arm-clients.ts';",
  ])('in the domain: %s', (source) => {
    expect(found(source, { imports: domainImports })).not.toEqual([]);
  });

  it.each([
    'const at = new Date(instant); const then = Date.parse(text);',
    'const isDate = value instanceof Date;',
    'const most = Math.max(1, 2);',
    'const made: Promise<Date> | undefined = undefined;',
    'const waits = { process: 1 }; const name = waits.process;',
    "import type { OrchestrationContext } from '../task-hub/orchestration.ts';",
    "import { type OrchestrationContext } from '../../task-hub/orchestration.ts';",
    "import { z } from 'zod'; import { driveStep } from './drive-step.ts'; import type { Step } from '../deployment/step.ts';",
    "function* run() { yield context.df.callSubOrchestrator('name', input, id, context.df.version); }",
    'function* run() { yield context.df.callActivity(contract.activity, input); yield* settleAll(context, tasks); }',
    'if (!list.some((each) => each.any)) throw new Error(text);',
  ])('nothing in: %s', (source) => {
    expect(found(source)).toEqual([]);
  });

  it('the line, for people', () => {
    expect(violationsIn('\n\nconst x = Math.random();', { imports: [] })).toEqual([{ line: 3, what: 'Math.random' }]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTestFiles, unitTestsOf } from '../../bench/mutation/unit-tests.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unit-tests-'));
  write('src/azure/settings/cloud.ts', 'export const cloud = 1;');
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, source: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
};

const testThat = (...lines: readonly string[]) => {
  write('test/a.test.ts', lines.join('\n'));
  const tests = readTestFiles(root);
  return { counts: unitTestsOf(tests, ['src/azure/settings/cloud.ts']).length === 1, excludedBy: tests[0]?.excludedBy };
};

const CLOUD = `import { cloud } from '../src/azure/settings/cloud.ts';`;

it('a test that loads a mutated file counts', () => {
  expect(testThat(CLOUD).counts).toBe(true);
  expect(testThat(`const { cloud } = await import('../src/azure/settings/cloud.ts');`).counts).toBe(true);
});

it('a test that loads none of the mutated files does not count', () => {
  expect(testThat(`import { z } from 'zod';`)).toEqual({ counts: false, excludedBy: undefined });
  expect(testThat(`import type { Cloud } from '../src/azure/settings/cloud.ts';`).counts).toBe(false);
});

it.each(['local/functions-host/functions-host.ts', 'local/azure-simulator/azure-simulator.ts'])(
  'a test that imports %s through another file does not count',
  (emulator) => {
    write('test/support/world.ts', `export * from '../../${emulator}';`);
    expect(testThat(CLOUD, `import { world } from './support/world.ts';`)).toEqual({
      counts: false,
      excludedBy: { imported: emulator, by: 'test/support/world.ts' },
    });
  },
);

it('a test that starts programs does not count', () => {
  expect(testThat(CLOUD, `import { spawn } from 'node:child_process';`).counts).toBe(false);
});

it('a test of the whole app does not count', () => {
  write('test/app/telemetry.test.ts', `import { cloud } from '../../src/azure/settings/cloud.ts';`);
  expect(unitTestsOf(readTestFiles(root), ['src/azure/settings/cloud.ts'])).toEqual([]);
});

it('types of an emulator do not matter', () => {
  expect(testThat(CLOUD, `import type { Host } from '../local/functions-host/functions-host.ts';`).counts).toBe(true);
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypeChecker } from '../../bench/mutation/type-checker.ts';

const SOURCE = [
  `import { level } from './level.ts';`,
  `export const loud = (text: string): string => (level === 'high' ? text.toUpperCase() : text);`,
].join('\n');

// The compiler takes a second, and many on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'type-checker-'));
  mkdirSync(join(root, 'src'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const compilerOptions = { module: 'nodenext', strict: true, noUnusedLocals: true, allowImportingTsExtensions: true };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, types: [] } }));
  writeFileSync(join(root, 'src/level.ts'), `export const level: 'high' | 'low' = Math.random() > 1 ? 'high' : 'low';`);
  writeFileSync(join(root, 'src/loud.ts'), SOURCE);
});

afterEach(() => rmSync(root, { recursive: true }));

/** The mutant that replaces a text of the second line. Stryker gives paths of the sandbox, in which the checker runs. */
const mutant = (id: string, text: string, replacement: string): Mutant => {
  const line = SOURCE.split('\n')[1] ?? '';
  const column = line.indexOf(text);
  const location = { start: { line: 1, column }, end: { line: 1, column: column + text.length } };
  return { id, fileName: join(process.cwd(), 'src/loud.ts'), location, replacement, mutatorName: 'Test' };
};

it('mutants that do not compile are distinguished from those that do', async () => {
  const results = await new TypeChecker(root).check([
    mutant('1', `'high'`, '""'),
    mutant('2', `level === 'high'`, 'true'),
    mutant('3', 'text.toUpperCase()', 'text.toLowerCase()'),
    mutant('4', '(level', '(levle'),
  ]);
  expect(Object.entries(results).map(([id, { status }]) => [id, status])).toEqual([
    ['1', 'compileError'],
    // What a mutant leaves unused is still a program.
    ['2', 'passed'],
    ['3', 'passed'],
    ['4', 'compileError'],
  ]);
  expect(readdirSync(join(root, 'out/mutation/types'))).toEqual([]);
});

it('a file that does not compile as it is has no verdict', async () => {
  writeFileSync(join(root, 'src/level.ts'), 'export const other = 1;');
  await expect(new TypeChecker(root).check([mutant('1', `'high'`, '""')])).rejects.toThrow(/is not mutated/);
});

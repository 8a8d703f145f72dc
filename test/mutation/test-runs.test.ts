import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestRuns } from '../../bench/mutation/test-runs.ts';
import { TestThread } from '../../bench/mutation/test-thread.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'test-runs-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const writeTest = (name: string, code: string): void => {
  const lines = [`import { expect, it } from 'vitest';`, `it('${name}', () => { ${code}; });`];
  writeFileSync(join(root, `${name}.test.ts`), lines.join('\n'));
};

it('a run shows its own test file, and none that ran before it', async () => {
  writeTest('failing', 'expect(1).toBe(2)');
  writeTest('passing', 'expect(1).toBe(1)');
  const runs = await TestRuns.start(root);
  const thread = new TestThread({ reloads: true });
  const failing = await runs.inThread(thread, { file: 'failing.test.ts' }, { kind: 'none' });
  const passing = await runs.inThread(thread, { file: 'passing.test.ts' }, { kind: 'none' });
  await thread.end();
  await runs.end();
  expect(failing.tests.map(({ name }) => name)).toEqual(['failing']);
  expect(passing.tests.map(({ name }) => name)).toEqual(['passing']);
});

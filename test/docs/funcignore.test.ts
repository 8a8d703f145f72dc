import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

// azd reads the file as git reads a .gitignore (Azure/azure-dev#4381).
const repository = mkdtempSync(join(tmpdir(), 'funcignore-'));
execFileSync('git', ['init', '-q'], { cwd: repository });
copyFileSync(new URL('../../.funcignore', import.meta.url), join(repository, '.gitignore'));
afterAll(() => rmSync(repository, { recursive: true }));

const isDeployed = (file: string): boolean =>
  spawnSync('git', ['check-ignore', '-q', '--no-index', file], { cwd: repository }).status === 1;

it.each([
  'host.json',
  'package.json',
  'dist/src/main.js',
  'dist/src/dashboard/page.html',
  'node_modules/durable-functions/lib/src/index.js',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
])('%s is deployed', (file) => {
  expect(isDeployed(file)).toBe(true);
});

it.each(['src/main.ts', 'local/cli/run.js', 'cli/run.js', 'test/app/undo.test.ts', 'local.settings.json', 'README.md'])(
  '%s stays here',
  (file) => {
    expect(isDeployed(file)).toBe(false);
  },
);

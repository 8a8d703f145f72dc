import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesUnder } from '../../local/packaging/files-under.ts';
import { parseFuncignore } from '../../local/packaging/funcignore.ts';
import { inProject } from '../../local/project.ts';

const repository = mkdtempSync(join(tmpdir(), 'funcignore-'));
execFileSync('git', ['init', '-q'], { cwd: repository });
copyFileSync(inProject('.funcignore'), join(repository, '.gitignore'));
afterAll(() => rmSync(repository, { recursive: true }));

/** azd reads the file as git reads a .gitignore (Azure/azure-dev#4381). */
const deployedByGit = (files: readonly string[]): string[] => {
  const args = ['check-ignore', '-z', '--stdin', '--no-index'];
  const { stdout } = spawnSync('git', args, { cwd: repository, input: files.join('\0'), maxBuffer: 2 ** 26 });
  const ignored = new Set(stdout.toString().split('\0'));
  return files.filter((file) => !ignored.has(file));
};

const isDeployed = parseFuncignore(readFileSync(inProject('.funcignore'), 'utf8'));
const deployedByCoreTools = (files: readonly string[]): string[] => files.filter(isDeployed);

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: inProject() }).toString().split('\0').slice(0, -1);
const installed = filesUnder(inProject('node_modules')).map((file) => `node_modules/${file}`);

describe.each([
  ['Core Tools', deployedByCoreTools],
  ['git and azd', deployedByGit],
])('.funcignore as %s read it', (_, deployed) => {
  it('keeps everything of the repository here but host.json, package.json and the lock file', () => {
    expect(deployed(tracked)).toEqual(['host.json', 'package-lock.json', 'package.json']);
  });

  it.each([
    'dist/src/main.js',
    'dist/src/dashboard/page.html',
    'node_modules/@azure/identity/dist/commonjs/index.js',
    'node_modules/@azure/identity/dist/esm/index.js',
    'node_modules/durable-functions/lib/src/index.js',
    'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
    'node_modules/swagger-ui-dist/swagger-ui.css',
  ])('deploys %s', (file) => {
    expect(deployed([file])).toEqual([file]);
  });

  it.each([
    '.data/host/AirflowOnAks.sqlite',
    'dist/.build-stamp',
    'dist/src/main.js.map',
    'local.settings.json',
    'node_modules/.package-lock.json',
    'node_modules/@azure/identity/dist/browser/index.js',
    'node_modules/zod/index.d.cts',
    'out/package/host.json',
  ])('keeps %s here', (file) => {
    expect(deployed([file])).toEqual([]);
  });
});

it('.funcignore means the same to both, for every file of every installed package', () => {
  expect(installed.length).toBeGreaterThan(5000);
  expect(deployedByCoreTools(installed)).toEqual(deployedByGit(installed));
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { filesUnder } from '../../local/packaging/files-under.ts';
import { inProject } from '../../local/project.ts';
import { followDeployment, postDeployment } from '../../local/world/deployment-client.ts';
import { Processes } from '../../local/world/processes.ts';
import { type Ended, runCli } from '../cli/run-cli.ts';

const output = mkdtempSync(join(tmpdir(), 'package-'));
const folder = join(output, 'package');
let ended: Ended;
let files: readonly string[];

beforeAll(async () => {
  ended = await runCli(['package', '--backend', 'durable-task-scheduler', '--output', output]);
  expect(ended.code, ended.stderr).toBe(0);
  files = filesUnder(folder);
}, 300_000);

afterAll(() => rmSync(output, { recursive: true, force: true }), 60_000);

const lock = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });
const packageJson = z.object({
  main: z.string(),
  devDependencies: z.unknown().optional(),
  scripts: z.unknown().optional(),
});

it('ends with the size of the zip, which is under 30 MB and holds the folder with host.json at its root', () => {
  const zip = readFileSync(join(output, 'airflow-on-aks.zip'));
  const lastLine = ended.stdout.trimEnd().split('\n').at(-1);
  expect(lastLine).toMatch(/airflow-on-aks\.zip: \d+\.\d MB \(\d+ bytes\)$/);
  expect(lastLine).toContain(`(${zip.length} bytes)`);
  expect(zip.length).toBeLessThan(30_000_000);
  expect(Object.keys(unzipSync(zip)).toSorted()).toEqual(files);
});

it('holds the app, its host.json and its dependencies: no source, no emulator, no test, no setting, no link', () => {
  const topLevel = new Set(files.map((file) => file.replace(/\/.*/, '/')));
  expect([...topLevel].toSorted()).toEqual(['dist/', 'host.json', 'node_modules/', 'package.json']);
  expect(files.filter((file) => file.startsWith('dist/') && !file.startsWith('dist/src/'))).toEqual([]);
  expect(files.filter((file) => /\.([cm]?ts|map)$|(^|\/)\.|local\.settings\.json$/.test(file))).toEqual([]);
  const { main, ...deployed } = packageJson.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  expect(files).toContain(main);
  expect(deployed).toEqual({});
});

it('holds every package that the app needs, at the version of the lock file, and none that is for development', () => {
  const { packages } = lock.parse(JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')));
  const installed = Object.keys(packages).filter(
    (path) => path !== '' && existsSync(join(folder, path, 'package.json')),
  );
  const needed = Object.keys(packages).filter((path) => path !== '' && !packages[path]?.dev);
  expect(installed).toEqual(needed);
  expect(installed).not.toContain('node_modules/node');
});

it('names nothing of the machine it was made on', () => {
  const told = files.filter((file) => readFileSync(join(folder, file)).includes(output));
  expect(told).toEqual([]);
});

it('runs as it is: a deployment from it succeeds', async () => {
  const before = process.env.TASKHUB_NAME;
  process.env.TASKHUB_NAME = 'from-the-package';
  const dataDirectory = join(output, 'data');
  const processes = new Processes({ dataDirectory, speed: 300 });
  try {
    const hostUrl = await processes.startHost({ azure: await processes.startAzure(), app: folder });
    const { urls } = await postDeployment(hostUrl, {});
    const signal = AbortSignal.timeout(60_000);
    const status = await followDeployment(urls.status, { intervalMs: 100, onStatus: () => {}, signal });
    expect(status.status).toBe('Succeeded');
    for (const file of ['page.html', 'swagger-ui-bundle.js', 'swagger-ui.css']) {
      const page = file === 'page.html' ? 'reference' : `reference/${file}`;
      expect((await fetch(`${hostUrl}/api/${page}`)).status, file).toBe(200);
    }
    expect(existsSync(join(dataDirectory, 'host', 'from-the-package.sqlite'))).toBe(true);
  } finally {
    await processes.stop();
    if (before === undefined) delete process.env.TASKHUB_NAME;
    else process.env.TASKHUB_NAME = before;
  }
}, 90_000);

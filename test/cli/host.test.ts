import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inProject } from '../../local/project.ts';
import { RunningCli, runCli } from './run-cli.ts';

const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'host-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

/** `fetch` sets `Host` itself. */
const statusUnder = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

const start = async (
  name: string,
  ...args: readonly string[]
): Promise<{ cli: RunningCli; url: string; before: string }> => {
  const app = inProject('test', 'cli', 'fixtures', name);
  const cli = new RunningCli(['host', '--port', '0', '--data', temporaryDirectory(), '--app', app, ...args]);
  onTestFinished(async () => {
    cli.process.kill('SIGKILL');
    await cli.ended;
  });
  const [, before = '', url = ''] = await cli.output(/^([\s\S]*)The Functions host listens on (\S+)\. Ctrl-C/);
  return { cli, url, before };
};

it('npm run host ends with a clear message when the app forgets a promise, as the worker does in Azure', async () => {
  const { cli, url } = await start('floating-app');
  await fetch(`${url}/api/forget`).catch(() => {});
  const { code, stderr } = await cli.ended;
  expect(stderr).toMatch(
    /^A promise that nobody awaits was rejected outside of any function call\. .*\nError: forgotten\n/,
  );
  expect(code).toBe(1);
});

it('npm run host -- --app DIR lists the functions as func start does, and serves them, also under names that are allowed', async () => {
  const { url, before } = await start('small-app', '--allow-host', 'Tunnel.example', '--allow-host', 'other.example');
  const list = [
    'Functions:',
    `\tendless: [POST] ${url}/api/endless`,
    `\thello: [GET,POST] ${url}/api/hello/{name}`,
    '\tnightly: timerTrigger',
  ];
  expect(before).toMatch(
    /^\[.*\] The next 5 occurrences of the 'nightly' schedule \(0 0 3 \* \* \*\) will be: \S+T03:00:00Z,/,
  );
  expect(before).toContain(`\n\n${list.join('\n\n')}\n\n`);
  expect(await (await fetch(`${url}/api/hello/you`)).text()).toBe('Hello you');
  const statuses = ['tunnel.example', 'other.example', 'evil.example'].map((name) =>
    statusUnder(`${url}/api/hello/you`, name),
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 403]);
});

it('npm run host ends when a function takes longer than functionTimeout, as the worker does in Azure', async () => {
  const { cli, url } = await start('small-app');
  await fetch(`${url}/api/endless`, { method: 'POST' }).catch(() => {});
  const { code, stdout, stderr } = await cli.ended;
  expect(stdout).toContain('Timeout value of 00:00:01 was exceeded by function: Functions.endless.');
  expect(stderr).toMatch(
    /^A function timeout has occurred: Functions\.endless \(invocation [0-9a-f-]{36}\) took longer/,
  );
  expect(code).toBe(1);
});

it('npm run host says what is wrong with the folder', async () => {
  const folder = temporaryDirectory();
  const file = join(folder, 'file');
  const empty = join(folder, 'empty');
  const broken = join(folder, 'broken');
  writeFileSync(file, '');
  mkdirSync(empty);
  mkdirSync(broken);
  writeFileSync(join(broken, 'package.json'), '{ "main": "dist/main.js" }');
  writeFileSync(join(broken, 'host.json'), '{\n  "version": 2.0.0\n}');
  const wanted = 'Name the root folder of a function app: the one with host.json and package.json, whose "main" names';
  const expected = [
    [join(folder, 'nowhere'), `--app ${join(folder, 'nowhere')}: there is no such folder. ${wanted}`],
    [file, `--app ${file}: it is not a folder. ${wanted}`],
    [empty, `--app ${empty}: it holds no host.json. ${wanted}`],
    [broken, `The Functions host cannot start: ${join(broken, 'host.json')} is not valid JSON: line 2, column 17: `],
  ] as const;
  const run = ([app]: (typeof expected)[number]) =>
    runCli(['host', '--port', '0', '--data', join(folder, 'data'), '--app', app]);
  const ends: [(typeof expected)[number], Awaited<ReturnType<typeof run>>][] = [];
  for (const each of expected) ends.push([each, await run(each)]);
  for (const [[, message], { code, stderr }] of ends) {
    expect(stderr.startsWith(message), stderr).toBe(true);
    expect(code).toBe(1);
  }
});

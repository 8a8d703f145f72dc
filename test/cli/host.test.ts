import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inProject } from '../../local/cli/project.ts';
import { RunningCli } from './run-cli.ts';

it('npm run host ends with a clear message when the app forgets a promise, as the worker does in Azure', async () => {
  const data = mkdtempSync(join(tmpdir(), 'host-test-'));
  const app = inProject('test', 'cli', 'fixtures', 'floating-app');
  const cli = new RunningCli(['host', '--port', '0', '--data', data, '--app', app]);
  onTestFinished(async () => {
    cli.process.kill('SIGKILL');
    await cli.ended;
    rmSync(data, { recursive: true });
  });
  const [, url = ''] = await cli.output(/listens on (\S+)\. Ctrl-C/);
  await fetch(`${url}/api/forget`).catch(() => {});
  const { code, stderr } = await cli.ended;
  expect(stderr).toMatch(
    /^A promise that nobody awaits was rejected outside of any function call\. .*\nError: forgotten\n/,
  );
  expect(code).toBe(1);
});

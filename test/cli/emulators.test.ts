import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStoredClock } from '../../local/clock/stored-clock.ts';
import { RunningCli } from './run-cli.ts';

let data: string;
let cli: RunningCli | undefined;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'emulators-'));
});

afterEach(async () => {
  cli?.process.kill('SIGKILL');
  await cli?.ended;
  rmSync(data, { recursive: true, force: true });
});

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const start = async (): Promise<{ readonly cli: RunningCli; readonly urls: readonly string[] }> => {
  cli = new RunningCli(['start', '--port', '0', '--data', data, '--speed', '100']);
  const simulator = await cli.output(/simulator \| .* listens on (\S+)/);
  const host = await cli.output(/The app answers at ([^\s,]+)/);
  return { cli, urls: [`${simulator[1]}/_simulator/resources`, `${host[1]}/api/health`] };
};

describe('npm start', () => {
  it('keeps host and simulator running with one modelled time, until Ctrl-C', async () => {
    const { cli: running, urls } = await start();
    expect(await Promise.all(urls.map(answers))).toEqual([true, true]);
    const [host, simulator] = ['host', 'simulator'].map((name) => openStoredClock(join(data, name)));
    expect(host?.origin).toEqual(simulator?.origin);
    expect(host?.origin.speed).toBe(100);
    await running.output(/curl -i -X POST \S+\/api\/deployments /);

    running.process.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Stopping…');
    expect(await Promise.all(urls.map(answers))).toEqual([false, false]);
  });

  it('leaves no orphans when it is killed', async () => {
    const { cli: running, urls } = await start();
    running.process.kill('SIGKILL');
    const deadline = Date.now() + 10_000;
    while ((await Promise.all(urls.map(answers))).includes(true)) {
      expect(Date.now()).toBeLessThan(deadline);
      await sleep(20);
    }
  });
});

describe('npm run simulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly at %s and goes on where it was', async (signal) => {
    const run = async (): Promise<string> => {
      cli = new RunningCli(['simulator', '--port', '0', '--data', join(data, 'new', 'folder'), '--seed', '7']);
      const [, url = ''] = await cli.output(/listens on (\S+)\. Ctrl-C/);
      const state = await (await fetch(`${url}/_simulator/resources`)).text();
      cli.process.kill(signal);
      expect((await cli.ended).code).toBe(0);
      return state;
    };
    const before = await run();
    expect(await run()).toBe(before);
  });
});

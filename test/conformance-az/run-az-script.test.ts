import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAzScript } from '../../bench/conformance-az/run-az-script.ts';
import { inProject } from '../../local/project.ts';
import { until } from '../support/until.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'az-script-test-'));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(inProject('bench', 'conformance-az', 'recorded-az.sh'), join(folder, 'bin', 'az'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param azureCli - the body of a shell script that stands for `python -m azure.cli …`. */
const run = (script: string, azureCli: string, signal = new AbortController().signal) => {
  const python = join(folder, 'python');
  writeFileSync(python, `#!/bin/sh\nshift 2\n${azureCli}\n`, { mode: 0o755 });
  return runAzScript({
    args: ['-c', script],
    environment: {
      PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
      AZURE_CLI_PYTHON: python,
      AZ_RECORDS: folder,
    },
    records: folder,
    signal,
  });
};

describe('a script', () => {
  it("gets what az prints, and each command's own exit code and errors are known, also inside of an assignment", async () => {
    const result = await run(
      'export A=$(az acr show --name r --query "a b"); az acr import --name r --source "$A"; echo "end $?"',
      'case "$2" in show) echo "<$6>" ;; *) echo "ERROR: no" >&2; exit 3 ;; esac',
    );
    expect(result.commands).toMatchObject([
      { label: 'acr show r', code: 0, errors: '' },
      { label: 'acr import <a b>', code: 3, errors: 'ERROR: no\n' },
    ]);
    for (const { startedAt, endedAt } of result.commands) {
      expect(endedAt).toBeGreaterThanOrEqual(startedAt);
      expect(Math.abs(Date.now() - endedAt)).toBeLessThan(60_000);
    }
    expect(result.stdout).toBe('end 3\n');
    expect(result.stderr).toBe('ERROR: no\n');
  });

  it('that is stopped leaves no az behind', async () => {
    const stop = new AbortController();
    const pidFile = join(folder, 'pid');
    const running = run(
      'az login',
      `echo $$ > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; exec sleep 60`,
      stop.signal,
    );
    const ended = expect(running).rejects.toThrow(/abort/i);
    await until('az starts', async () => existsSync(pidFile) || undefined);
    stop.abort();
    await ended;
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until('az is gone', async () => !isAlive(pid) || undefined);
  });
});

const isAlive = (pid: number): boolean => {
  try {
    // A killed process stays a zombie until its new parent has waited for it: it is no longer there to do anything.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) && process.kill(pid, 0);
  } catch {
    return false;
  }
};

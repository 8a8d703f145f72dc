import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azureCliFolder } from '../../bench/conformance-az/azure-cli-folder.ts';
import { BENCH, RunningCli, runCli } from '../cli/run-cli.ts';
import { until } from '../support/until.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azure-cli-test-'));
  mkdirSync(join(folder, 'bin'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A machine with nothing on its PATH but a `python3` that makes environments with a `python` of its own.
 *
 * @param pip - what `python -m pip` does, as a shell script.
 */
const machine = (version: string, pip: string) => {
  const python = ['#!/bin/sh', pip].join('\n');
  const python3 = [
    '#!/bin/sh',
    `case "$1 $2" in "-c "*) echo "${version}" ;; "-m venv") PATH=/bin:/usr/bin; mkdir -p "$3/bin"; cat > "$3/bin/python" <<'END'`,
    python,
    'END',
    'chmod +x "$3/bin/python" ;; esac',
  ];
  writeFileSync(join(folder, 'bin', 'python3'), python3.join('\n'), { mode: 0o755 });
  return environment();
};

const environment = () => ({ PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') });

const cached = (): string[] => readdirSync(join(folder, 'cache', 'airflow-on-aks'));

describe('npm run conformance:az', () => {
  it('on a machine without python3 says that it is skipped, and passes', async () => {
    const { code, stdout } = await runCli(['conformance:az'], environment(), BENCH);
    expect(stdout.trim()).toMatch(/^skipped: .*python3/);
    expect(code).toBe(0);
  });

  it('with a Python that is too old names the version that is needed', async () => {
    const { code, stderr } = await runCli(['conformance:az'], machine('3 9', 'exit 0'), BENCH);
    expect(stderr).toContain('needs Python 3.10 or newer, but python3 is 3.9');
    expect(code).toBe(1);
  });

  it("without a way to the packages fails with pip's words, and leaves nothing that a later run would take for whole", async () => {
    const { code, stderr } = await runCli(
      ['conformance:az'],
      machine('3 12', 'echo "ERROR: no index" >&2; exit 1'),
      BENCH,
    );
    expect(stderr).toMatch(/pip could not install azure-cli .*PIP_INDEX_URL.*\nERROR: no index/);
    expect(code).toBe(1);
    expect(cached()).toEqual([]);
  });

  it('that is killed while it installs leaves nothing that a later run would take for whole', async () => {
    const started = join(folder, 'started');
    const first = new RunningCli(['conformance:az'], machine('3 12', `: > ${started}; exec /bin/sleep 5`), BENCH);
    await until('pip starts', async () => existsSync(started) || undefined);
    first.process.kill('SIGKILL');
    await first.ended;
    expect(cached()).not.toContain('azure-cli-2.91.0');
    const second = await runCli(['conformance:az'], machine('3 12', 'exit 1'), BENCH);
    expect(second.stderr).toContain('pip could not install');
    expect(cached()).toEqual([]);
  });
});

it("the environment is kept in the user's cache folder, under its version", () => {
  expect(azureCliFolder({ XDG_CACHE_HOME: '/c' })).toBe('/c/airflow-on-aks/azure-cli-2.91.0');
  expect(azureCliFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\/\.cache\/airflow-on-aks\/azure-cli-2\.91\.0$/);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { newHostKeys } from '../../local/functions-host/http/host-keys.ts';
import { RunningCli } from '../cli/run-cli.ts';
import { TestWorld } from '../support/world.ts';
import { inProcess } from './in-process.ts';

const KEY_VARIABLE = 'AIRFLOW_ON_AKS_KEY';
const directory = mkdtempSync(join(tmpdir(), 'command-line-'));
const keys = newHostKeys();
const key = keys.master;
let world: TestWorld;

beforeAll(async () => {
  world = await TestWorld.start({ auth: true, keys });
});

afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

const run = (args: readonly string[], given?: string) =>
  new RunningCli(args, { AIRFLOW_ON_AKS_URL: world.host.url, [KEY_VARIABLE]: given ?? '' }, ['cli', 'run.js']);

describe('npm run cli', () => {
  it.each([
    { args: [], message: 'No command given.' },
    { args: ['stauts'], message: 'Unknown command "stauts". Did you mean status?' },
    { args: ['status'], message: 'ID must be given.' },
    { args: ['status', 'NO'], message: 'ID must be 1 to 64 lower-case letters' },
    { args: ['status', 'a', 'b'], message: 'Unexpected argument "b".' },
    { args: ['deploy', '--set', 'nodes'], message: '--set must be NAME=VALUE, not "nodes".' },
    { args: ['list', '--satus', 'x'], message: 'Unknown flag --satus. Did you mean --status?' },
  ])('$args: says what is wrong and how it is done, exit 64', async ({ args, message }) => {
    const { code, out, err } = await inProcess(args, { url: world.host.url });
    expect(err).toContain(message);
    expect(err).toContain('Usage: npm run cli -- ');
    expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
  });

  it.each(['deploy', 'plan', 'status', 'list', 'outputs', 'kubeconfig', 'cancel', 'delete', 'approve', 'reject'])(
    '%s --help shows its flags and an example',
    async (command) => {
      const { code, out } = await inProcess([command, '--help'], { url: world.host.url });
      expect(code).toBe(0);
      expect(out).toContain(`Usage: npm run cli -- ${command} `);
      expect(out).toMatch(new RegExp(`Example:\\n {2}.*npm run (-s )?cli -- ${command}`));
    },
  );

  it('lists its commands, and ends with the code', async () => {
    const [help, wrong] = await Promise.all([run(['--help']).ended, run(['stauts']).ended]);
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: npm run cli -- <command> [flags]') });
    expect(wrong).toMatchObject({ code: EXIT.usage, stdout: '' });
  });

  it('asks for the key, takes it from the environment or a file, and never shows it', async () => {
    const file = join(directory, 'key');
    writeFileSync(file, key);
    const [without, wrong, right, fromFile] = await Promise.all([
      run(['list']).ended,
      run(['list'], 'wrong').ended,
      run(['list'], key).ended,
      run(['list', '--key-file', file, '--json']).ended,
    ]);
    expect([without.code, wrong.code, right.code, fromFile.code]).toEqual([77, 77, 0, 0]);
    expect(without.stderr).toContain(KEY_VARIABLE);
    expect(JSON.parse(fromFile.stdout)).toEqual({ deployments: [], more: false });
    expect(JSON.stringify([without, wrong, right, fromFile])).not.toContain(key);
  });

  it('Ctrl-C while watching leaves the deployment running; watching again shows its end', async () => {
    const release = world.clock.hold();
    const deploying = run(
      ['deploy', '--auto-approve', '--wait', '--set', 'images=[]', '--set', 'resourceGroupName=watched'],
      key,
    );
    await deploying.output(/^Watching/m, 'stderr');
    deploying.process.kill('SIGINT');
    const { code, stderr } = await deploying.ended;
    expect(stderr).toContain('the deployment "watched" goes on');
    expect(code).toBe(EXIT.interrupted);
    release();
    const again = await run(['status', 'watched', '--watch'], key).ended;
    expect(again.stdout).toContain('Apply complete!');
    expect(again.code).toBe(0);
  });
});

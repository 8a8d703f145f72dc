import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runCommand as runBench } from '../../bench/run-command.ts';
import { processContext } from '../../command-line/run-program.ts';
import { runCommand as runLocal } from '../../local/cli/run-command.ts';
import { BENCH, runCli } from './run-cli.ts';

/** Runs a command line in this process. */
const run = async (runCommand: typeof runLocal, args: readonly string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await runCommand(args, { ...processContext, terminal });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('run.js', () => {
  it.each([
    { args: [], message: 'No command given.' },
    { args: ['strat'], message: 'Unknown command "strat". Did you mean start?' },
    { args: ['demo', '--sped', '3'], message: 'Unknown flag --sped. Did you mean --speed?' },
    { args: ['host', '--port', 'x'], message: '--port must be a port' },
  ])('says what is wrong with $args and how it is done, exit 2', async ({ args, message }) => {
    const { code, out, err } = await run(runLocal, args);
    expect(err).toContain(message);
    expect(err).toContain('Usage: npm run');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each([
    ...['start', 'demo', 'host', 'simulator', 'build', 'docs'].map((command) => ({ command, runCommand: runLocal })),
    ...['bench', 'bench:host', 'crash-test', 'role'].map((command) => ({ command, runCommand: runBench })),
  ])('$command --help shows its flags', async ({ command, runCommand }) => {
    const { code, out } = await run(runCommand, [command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(command === 'start' ? /Usage: npm start/ : new RegExp(`Usage: npm run ${command}`));
  });

  it('ends with the code, and writes usage that nobody asked for to stderr', async () => {
    const [help, wrong] = await Promise.all([runCli(['--help'], {}, BENCH), runCli(['strat'])]);
    expect(help).toEqual({ code: 0, stdout: expect.stringContaining('crash-test'), stderr: '' });
    expect(wrong).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('Did you mean start?') });
  });

  it('says what to do when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    try {
      const { code, stderr } = await runCli(['simulator', '--port', String(port)]);
      expect(stderr).toBe(
        `The Azure simulator cannot listen on port ${port}: another program uses it. Stop that program, or choose another port with --port (0 takes any free one).\n`,
      );
      expect(code).toBe(1);
    } finally {
      server.close();
    }
  });
});

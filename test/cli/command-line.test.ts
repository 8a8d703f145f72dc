import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runCli } from './run-cli.ts';

describe('run.js', () => {
  it.each([
    { args: [], message: 'No command given.' },
    { args: ['strat'], message: 'Unknown command "strat". Did you mean start?' },
    { args: ['demo', '--sped', '3'], message: 'Unknown flag --sped. Did you mean --speed?' },
    { args: ['host', '--port', 'x'], message: '--port must be a port' },
  ])('says what is wrong with $args and how it is done, exit 2', async ({ args, message }) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each([
    ...['start', 'demo', 'host', 'simulator', 'build', 'docs'].map((command) => ['local/cli', command]),
    ...['bench', 'bench:host', 'role'].map((command) => ['bench', command]),
  ])('%s/run.js %s --help shows its flags', async (folder = '', command = '') => {
    const { code, stdout } = await runCli([command, '--help'], {}, [folder, 'run.js']);
    expect(code).toBe(0);
    expect(stdout).toMatch(command === 'start' ? /Usage: npm start/ : new RegExp(`Usage: npm run ${command}`));
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

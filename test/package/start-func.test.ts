import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { AZURITE, azuriteConnectionString } from '../../local/core-tools/azurite.ts';
import { inProject, projectRoot } from '../../local/project.ts';
import { RunningCli, runCli } from '../cli/run-cli.ts';
import { until } from '../support/until.ts';

const { AzureWebJobsStorage: _, ...ownEnvironment } = process.env;
const withFunc = {
  ...ownEnvironment,
  PATH: `${inProject('test', 'cli', 'fixtures', 'core-tools')}${delimiter}${process.env.PATH}`,
};

const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'start-func-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
};

const listen = async (port: number, server: Server = createServer()): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

let nextPort = 20_000 + (process.pid % 10_000);

/** A port that is free now, with `count - 1` free ones after it; never the same again. */
const freePorts = async (count: number): Promise<number> => {
  const servers: Server[] = [];
  const close = () => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  for (;;) {
    const port = nextPort;
    nextPort += count;
    try {
      for (let index = 0; index < count; index++) {
        const server = createServer();
        servers.push(server);
        server.listen(port + index, '127.0.0.1');
        await once(server, 'listening');
      }
      await close();
      return port;
    } catch {
      await close();
      servers.length = 0;
    }
  }
};

/** Three servers that say they are Azurite. */
const azuriteLookalike = async (): Promise<number> => {
  const first = await freePorts(3);
  for (const [index, name] of ['Blob', 'Queue', 'Table'].entries()) {
    await listen(
      first + index,
      createServer((_request, response) => response.writeHead(400, { server: `Azurite-${name}/0.0.0` }).end()),
    );
  }
  return first;
};

const seenByFunc = z.object({
  cwd: z.string(),
  args: z.array(z.string()),
  node: z.string(),
  telemetry: z.string(),
  storage: z.string(),
  servers: z.array(z.string().nullable()),
  simulator: z.number().optional(),
  pid: z.number(),
});

const start = (args: readonly string[]): RunningCli => {
  const cli = new RunningCli(['start:func', '--data', temporaryDirectory(), ...args], withFunc);
  onTestFinished(async () => {
    cli.process.kill('SIGTERM');
    await cli.ended;
  });
  return cli;
};

const started = async (cli: RunningCli): Promise<z.output<typeof seenByFunc>> => {
  const [, json = ''] = await cli.output(/^started (.*)$/m);
  return seenByFunc.parse(JSON.parse(json));
};

const isGone = async (pid: number): Promise<true | undefined> => {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return true;
  }
};

it('starts func on the built app, with an Azurite that runs already and the simulator, and ends both with Ctrl-C', async () => {
  const port = await freePorts(1);
  const azurite = await azuriteLookalike();
  const cli = start(['--port', String(port), '--azurite-port', String(azurite), '--simulator', '--auth']);
  const { pid, node, storage, ...seen } = await started(cli);
  expect(seen).toEqual({
    cwd: projectRoot,
    args: ['start', '--port', String(port), '--enableAuth'],
    telemetry: '1',
    servers: ['Azurite-Blob/0.0.0', 'Azurite-Queue/0.0.0', 'Azurite-Table/0.0.0'],
    simulator: 200,
  });
  expect(storage).toBe(azuriteConnectionString(azurite));
  expect(node).toMatch(/^v24\./);

  cli.process.kill('SIGINT');
  const { code, stdout } = await cli.ended;
  expect(stdout).toContain('Azurite was running already; it is left alone.');
  expect(stdout).toMatch(/\ninterrupted\n/);
  expect(code).toBe(0);
  await until('func is gone', () => isGone(pid));
});

/** npx has it from an earlier run, or may fetch it: in CI it has to. */
const azuriteAtHand =
  process.env.CI !== undefined ||
  spawnSync('npx', ['--offline', '--yes', AZURITE, '--version'], { timeout: 20_000 }).status === 0;

it.skipIf(!azuriteAtHand)(
  'starts Azurite where none runs, and stops it in the end',
  async () => {
    const azurite = await freePorts(3);
    const cli = start(['--port', String(await freePorts(1)), '--azurite-port', String(azurite)]);
    const { servers, simulator } = await started(cli);
    const version = AZURITE.replace('azurite@', '');
    expect(servers).toEqual([`Azurite-Blob/${version}`, `Azurite-Queue/${version}`, `Azurite-Table/${version}`]);
    expect(simulator).toBeUndefined();

    cli.process.kill('SIGINT');
    expect((await cli.ended).code).toBe(0);
    await expect(fetch(`http://127.0.0.1:${azurite}/devstoreaccount1`)).rejects.toThrow();
  },
  180_000,
);

it('says what to install when there is no func, or too old a one', async () => {
  const onlyNode = { ...ownEnvironment, PATH: inProject('node_modules', '.bin') };
  const none = await runCli(['start:func'], onlyNode);
  expect(none.stderr).toMatch(/^func is not on the PATH, .* npm install -g azure-functions-core-tools@4\n/);
  expect(none.code).toBe(1);
  const old = await runCli(['start:func'], { ...withFunc, FAKE_FUNC_VERSION: '4.3.9' });
  expect(old.stderr).toMatch(/^func is 4\.3\.9; Node 24 needs Core Tools 4\.4\.0 or newer\. Install /);
  expect(old.code).toBe(1);
});

it('ends with the code of a func that ends by itself, and warns of one that other machines can reach', async () => {
  const ports = ['--port', String(await freePorts(1)), '--azurite-port', String(await azuriteLookalike())];
  const environment = { ...withFunc, FAKE_FUNC_VERSION: '4.13.2', FAKE_FUNC_ENDS: '7' };
  const { code, stdout, stderr } = await runCli(['start:func', '--data', temporaryDirectory(), ...ports], environment);
  expect(stdout).toContain('They listen on every address of this machine');
  expect(stderr).toContain('func ended by itself with code 7');
  expect(code).toBe(7);
});

it('names the port that another program has', async () => {
  const taken = await listen(0);
  const ended = await runCli(
    ['start:func', '--port', String(await freePorts(1)), '--azurite-port', String(taken)],
    withFunc,
  );
  expect(ended.stderr).toContain(
    `Azurite cannot listen on port ${taken}: another program uses it. Stop that program, or choose another port with --azurite-port.\n`,
  );
  expect(ended.code).toBe(1);
});

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { throughProxy } from '../azure-simulator/through-proxy.ts';
import { RunningCli, runCli } from './run-cli.ts';

let data: string;
let cli: RunningCli | undefined;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "it's a folder "));
});
afterEach(async () => {
  cli?.process.kill('SIGKILL');
  await cli?.ended;
  await rm(data, { recursive: true, force: true });
});

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

describe('npm run simulator -- --proxy', () => {
  it('prints what to type for the Azure CLI, and writes the CA certificate but no private key', async () => {
    const ca = join(data, 'ca.pem');
    cli = new RunningCli(['simulator', '--port', '0', '--proxy', '0', '--data', join(data, 'data'), '--ca', ca]);
    const [text, url = ''] = await cli.output(/^[\s\S]* listens on (\S+)\. Ctrl-C/);
    const lines = text.split('\n').filter((line) => line.startsWith('export '));
    const { stdout } = await promisify(execFile)('sh', ['-c', `${lines.join('\n')}\nenv -0`]);
    const environment = Object.fromEntries(stdout.split('\0').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
    expect(environment).toMatchObject({
      HTTPS_PROXY: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      NO_PROXY: '127.0.0.1',
      REQUESTS_CA_BUNDLE: ca,
      IDENTITY_ENDPOINT: `${url}/msi/token`,
      MSI_ENDPOINT: `${url}/msi/token`,
      AZURE_CONFIG_DIR: join(data, 'data', 'azure-cli'),
      AZURE_CORE_COLLECT_TELEMETRY: 'false',
    });
    const headers = { 'X-IDENTITY-HEADER': environment.IDENTITY_HEADER ?? '' };
    const query = 'resource=https://management.azure.com&api-version=2019-08-01';
    expect((await fetch(`${environment.IDENTITY_ENDPOINT}?${query}`, { headers })).status).toBe(200);

    const [, tenant] = /^az login --service-principal .*--tenant (\S+)$/m.exec(text) ?? [];
    const discovery = `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`;
    const certificate = await readFile(ca, 'utf8');
    const answer = await throughProxy({ proxy: environment.HTTPS_PROXY ?? '', ca: certificate, url: discovery });
    expect(answer.status).toBe(200);

    for (const file of await filesBelow(data)) expect(await readFile(file, 'latin1')).not.toContain('PRIVATE KEY');
    cli.process.kill('SIGTERM');
    expect((await cli.ended).code).toBe(0);
  });

  it('in another cloud says so to the CLI and to the host, and keeps its data to that cloud', async () => {
    const folder = join(data, 'data');
    cli = new RunningCli(['simulator', '--port', '0', '--proxy', '0', '--data', folder, '--cloud', 'AzureChinaCloud']);
    const [text] = await cli.output(/^[\s\S]* listens on (\S+)\. Ctrl-C/);
    expect(text).toMatch(/^az cloud set --name AzureChinaCloud\naz login /m);
    expect(text).toMatch(/^To use it: .* AZURE_CLOUD=AzureChinaCloud npm run host$/m);
    cli.process.kill('SIGTERM');
    await cli.ended;
    const other = await runCli(['simulator', '--port', '0', '--data', folder, '--cloud', 'AzureCloud']);
    expect(other.code).toBe(1);
    expect(other.stderr).toBe(
      `The Azure simulator cannot start: the data in ${folder} are of AzureChinaCloud, not AzureCloud. Choose another folder with --data, or --cloud AzureChinaCloud.\n`,
    );
  });

  it('wants to write its certificate only where there is a proxy', async () => {
    const { code, stderr } = await runCli(['simulator', '--port', '0', '--ca', join(data, 'ca.pem'), '--data', data]);
    expect(code).toBe(2);
    expect(stderr).toContain("--ca names the file for the proxy's CA certificate: add --proxy PORT.\n");
  });

  it('says what to do when its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    try {
      await once(taken, 'listening');
      const address = taken.address();
      const port = String(typeof address === 'object' && address !== null ? address.port : '');
      const { code, stderr } = await runCli(['simulator', '--port', '0', '--proxy', port, '--data', data]);
      expect(code).toBe(1);
      expect(stderr).toBe(
        `The Azure simulator's proxy cannot listen on port ${port}: another program uses it. Stop that program, or choose another port with --proxy (0 takes any free one).\n`,
      );
    } finally {
      taken.close();
    }
  });

  it('says where it cannot write, and ends', async () => {
    const ca = join(data, 'nowhere', 'ca.pem');
    const args = ['simulator', '--port', '0', '--proxy', '0', '--ca', ca, '--data', join(data, 'data')];
    const { code, stderr } = await runCli(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The proxy's CA certificate cannot be written: ENOENT.* Choose another file with --ca/);
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import {
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import type { CloudName } from '../../local/azure-simulator/base/clouds.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';

const PROGRAM = fileURLToPath(new URL('../support/list-groups.ts', import.meta.url));

/** The hosts that the real SDKs ask, over TLS, when the app lists resource groups outside of simulator mode. What is not the cloud's the proxy refuses. */
const hostsAsked = async (
  cloud: CloudName,
  credentials: (url: string) => Record<string, string>,
): Promise<string[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'log-in-'));
  const simulator = await startAzureSimulator({ clock: new VirtualClock(), cloud, proxyPort: 0 });
  try {
    const NODE_EXTRA_CA_CERTS = join(directory, 'ca.pem');
    await writeFile(NODE_EXTRA_CA_CERTS, simulator.proxy?.certificate ?? '');
    await promisify(execFile)(process.execPath, [PROGRAM], {
      env: {
        HTTPS_PROXY: simulator.proxy?.url,
        NO_PROXY: '127.0.0.1',
        NODE_EXTRA_CA_CERTS,
        AZURE_CLOUD: cloud,
        AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID,
        ...credentials(simulator.url),
      },
    });
    return simulator.requests().map(({ url, status }) => `${new URL(url).hostname} ${status}`);
  } finally {
    await simulator.close();
    await rm(directory, { recursive: true });
  }
};

it('a service principal logs in at the authority of its cloud, which MSAL knows by another name', async () => {
  const secret = () => ({
    AZURE_TENANT_ID: SIMULATED_TENANT_ID,
    AZURE_CLIENT_ID: SIMULATED_OPERATOR_CLIENT_ID,
    AZURE_CLIENT_SECRET: SIMULATED_OPERATOR_SECRET,
  });
  expect(await hostsAsked('AzureChinaCloud', secret)).toEqual([
    'login.partner.microsoftonline.cn 200',
    'management.chinacloudapi.cn 200',
  ]);
});

it("a managed identity asks App Service's endpoint for a token of its cloud", async () => {
  const identity = (url: string) => ({
    IDENTITY_ENDPOINT: `${url}/msi/token`,
    IDENTITY_HEADER: SIMULATED_IDENTITY_HEADER,
  });
  expect(await hostsAsked('AzureUSGovernment', identity)).toEqual(['management.usgovcloudapi.net 200']);
});

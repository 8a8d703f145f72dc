import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AzureSimulator,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { cloudNamed } from '../../local/azure-simulator/base/clouds.ts';
import { regionName } from '../../local/azure-simulator/base/region-name.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { fetchToken, sendRaw } from './fixture.ts';

const S = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
const CHINA = 'management.chinacloudapi.cn';

/** Hosts of the two other clouds, one for each service. */
const FOREIGN = [
  'management.azure.com',
  'management.usgovcloudapi.net',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'graph.microsoft.com',
  'myvault.vault.azure.net',
  'myregistry.azurecr.io',
  'myaccount.blob.core.windows.net',
  'mycluster.hcp.canadacentral.azmk8s.io',
];

describe('a simulator of AzureChinaCloud', () => {
  let simulator: AzureSimulator;
  beforeAll(async () => {
    simulator = await startAzureSimulator({ clock: new VirtualClock(), cloud: 'AzureChinaCloud' });
  });
  afterAll(() => simulator.close());

  const put = async (path: string, body: unknown) => {
    const authorization = `Bearer ${await fetchToken(simulator.url, `https://${CHINA}`)}`;
    return sendRaw(simulator.url, 'PUT', path, { host: CHINA, authorization }, body);
  };

  test.each(FOREIGN)('does not answer for %s, and remembers that it was asked', async (host) => {
    await expect(sendRaw(simulator.url, 'GET', '/asked', { host })).rejects.toThrow('socket hang up');
    expect(simulator.requests().at(-1)).toMatchObject({ url: `https://${host}/asked`, status: null });
  });

  test('has no canadacentral, and says what it has', async () => {
    const answer = await put(`${S}/resourcegroups/rg?api-version=2025-04-01`, { location: 'canadacentral' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'LocationNotAvailableForResourceGroup' } } });
    expect(answer.text).toContain('chinanorth3');
    expect(answer.text).not.toContain('usgovvirginia');
  });

  test('the tenant knows no service of another cloud', async () => {
    const logIn = (host: string, resource: string) =>
      sendRaw(
        simulator.url,
        'POST',
        `/${SIMULATED_TENANT_ID}/oauth2/v2.0/token`,
        { host, 'content-type': 'application/x-www-form-urlencoded' },
        new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: SIMULATED_OPERATOR_CLIENT_ID,
          client_secret: SIMULATED_OPERATOR_SECRET,
          scope: `${resource}/.default`,
        }).toString(),
      );
    const refused = await logIn('login.chinacloudapi.cn', 'https://management.azure.com');
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_resource' } });
    const given = await logIn('login.partner.microsoftonline.cn', `https://${CHINA}`);
    const { access_token } = z.object({ access_token: z.string() }).parse(given.body);
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.iss).toBe(`https://sts.chinacloudapi.cn/${SIMULATED_TENANT_ID}/`);
  });
});

test.each(['AzureCloud', 'AzureChinaCloud', 'AzureUSGovernment'] as const)('the regions of %s have names', (cloud) => {
  const names = Object.keys(cloudNamed(cloud).regions).map(regionName);
  for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z]*( [A-Z][a-z]+| US| UK)*( \d)?$/);
  expect(names).toContain(
    { AzureCloud: 'Canada Central', AzureChinaCloud: 'China North 3', AzureUSGovernment: 'USGov Virginia' }[cloud],
  );
});

test('data are of one cloud: another one does not open them, a later start needs no name', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'azure-simulator-'));
  const start = (cloud?: 'AzureCloud' | 'AzureUSGovernment') =>
    startAzureSimulator({ clock: new VirtualClock(), dataDirectory, cloud });
  try {
    await (await start('AzureUSGovernment')).close();
    await expect(start('AzureCloud')).rejects.toThrow(/are of AzureUSGovernment, not AzureCloud.*--data.*--cloud/);
    const again = await start();
    expect(again.cloud).toBe('AzureUSGovernment');
    await again.close();
  } finally {
    await rm(dataDirectory, { recursive: true });
  }
});

import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CertificateAuthority } from '../../local/azure-simulator/proxy/certificate-authority.ts';
import { type Fixture, fetchToken, GROUP, LOCATION, startFixture, vaultParameters } from './fixture.ts';
import { openTunnel, throughProxy, toProxy } from './through-proxy.ts';

let azure: Fixture;
let proxy: string;
let ca: string;
let bearer: { authorization: string };

// One for all: it makes keys when it starts.
beforeAll(async () => {
  azure = await startFixture({ proxyPort: 0 });
  if (!azure.simulator.proxy) throw new Error('The simulator has no proxy.');
  ({ url: proxy, certificate: ca } = azure.simulator.proxy);
});
beforeEach(async () => {
  azure.simulator.reset();
  bearer = { authorization: `Bearer ${await fetchToken(azure.url, 'https://management.azure.com')}` };
});
afterAll(() => azure.close());

const SUBSCRIPTIONS = 'https://management.azure.com/subscriptions?api-version=2022-12-01';

describe('the proxy', () => {
  it('is there on request only', async () => {
    const without = await startFixture();
    expect(without.simulator.proxy).toBeUndefined();
    await without.close();
  });

  it("serves Azure's own host names to who trusts its CA", async () => {
    const answer = await throughProxy({ proxy, ca, url: SUBSCRIPTIONS, headers: bearer });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ value: [{ state: 'Enabled' }] });
    const [last] = azure.simulator.requests().slice(-1);
    expect(last).toMatchObject({ method: 'GET', url: SUBSCRIPTIONS, status: 200 });
  });

  it('is trusted by nobody else', async () => {
    const other = new CertificateAuthority().certificate;
    const asked = throughProxy({ proxy, ca: other, url: SUBSCRIPTIONS, headers: bearer });
    await expect(asked).rejects.toThrow(/unable to verify|self.signed|signature failure/i);
    expect(azure.simulator.requests()).toEqual([]);
  });

  it('makes a CA anew at each start, that may sign for hosts and for no other CA', async () => {
    const certificate = new X509Certificate(ca);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(ca).not.toContain('PRIVATE KEY');
    const second = await startFixture({ proxyPort: 0 });
    expect(second.simulator.proxy?.certificate).not.toBe(ca);
    await second.close();
  });

  it.each([
    'example.com:443',
    'management.azure.com.example.com:443',
    'azcliprod.blob.core.windows.net:443',
    '10.0.0.1:443',
    'management.azure.com:80',
    'management.azure.com:22',
    '127.0.0.1:443',
    'localhost:443',
    'nosuchvault.vault.azure.net:443',
    'nosuchaccount.blob.core.windows.net:443',
    'x',
  ])('opens no tunnel to %s', async (target) => {
    const answer = await openTunnel(proxy, target);
    expect(answer).toMatchObject({
      status: 502,
      reason: `The Azure simulator serves no ${target}.`,
      text: expect.stringContaining('Nothing leaves this machine.'),
    });
  });

  it("finds a vault's name when the vault is in the DNS, not before", async () => {
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await azure.held(async () => {
      await azure.vaults.vaults.createOrUpdate(GROUP, 'airflow-kv', vaultParameters).submitted();
      expect(await openTunnel(proxy, 'airflow-kv.vault.azure.net:443')).toMatchObject({ status: 502 });
    });
    await azure.clock.sleep(3_600_000);
    const secrets = 'https://airflow-kv.vault.azure.net/secrets/a?api-version=7.6';
    const answer = await throughProxy({ proxy, ca, url: secrets });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer authorization="https:\/\/login\.microsoftonline\.com\/[^"]+", resource="https:\/\/vault\.azure\.net"/,
    );
  });

  it.each(['GET resources', 'POST reset', 'POST faults', 'GET secrets', 'GET requests'])(
    'keeps the control API (%s) from who uses it',
    async (call) => {
      await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
      const [method = '', name] = call.split(' ');
      const url = `https://management.azure.com/_simulator/${name}?api-version=2022-12-01`;
      const answer = await throughProxy({ proxy, ca, url, method, headers: bearer });
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'NotFound' } });
      expect(azure.simulator.resources()).toHaveLength(1);
    },
  );

  it.each(['127.0.0.1', 'localhost', 'localhost:7072', 'graph.microsoft.com', 'example.com'])(
    'serves a host under its own name only, not %s in its tunnel',
    async (host) => {
      for (const path of ['/_simulator/resources', '/msi/token?resource=a&api-version=2019-08-01', '/subscriptions']) {
        const url = `https://management.azure.com${path}`;
        const headers = { host, 'x-identity-header': 'simulator' };
        const answer = await throughProxy({ proxy, ca, url, headers });
        expect(answer.status).toBe(421);
      }
    },
  );

  it('takes CONNECT only', async () => {
    for (const path of ['/_simulator/resources', `${azure.url}/_simulator/resources`, 'http://example.com/']) {
      expect(await toProxy(proxy, path)).toMatchObject({ status: 405, headers: { allow: 'CONNECT' } });
    }
  });

  it('says what to do when its port is taken, and leaves nothing behind', async () => {
    const { port } = new URL(proxy);
    await expect(startFixture({ proxyPort: Number(port) })).rejects.toThrow(
      `127.0.0.1:${port}: the port is taken. Stop the program that uses it, or choose another port with --proxy`,
    );
  });
});

import dns from 'node:dns';
import { createServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { selfSigned } from '../../bench/fault-matrix/self-signed.ts';
import { getFromCluster } from '../../src/azure/cluster-api.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import type { ClusterAccess } from '../../src/azure/kubeconfig.ts';
import { listen } from '../support/listen.ts';
import { type Answer, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const HOST = 'c-dns.hcp.canadacentral.azmk8s.io';
const authority = selfSigned(HOST);
const admin = selfSigned('the administrator');

/** Whom the API server sees, by certificate and by token. */
interface Seen {
  readonly certificate: string | undefined;
  readonly token: string | undefined;
}

let stop: (() => Promise<void>) | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await stop?.();
  stop = undefined;
});

/** Starts an API server of a cluster on this machine, and leads its name there. */
const startApiServer = async (): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> => {
  vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
  const seen: Seen[] = [];
  const options = { ...authority, requestCert: true, rejectUnauthorized: false };
  const server = createServer(options, ({ socket, headers }, response) => {
    const subject = socket instanceof TLSSocket ? socket.getPeerCertificate().subject : undefined;
    seen.push({ certificate: subject && String(subject.CN), token: headers.authorization });
    response.end('{"items":["node"]}');
  });
  const port = await listen(server);
  vi.spyOn(dns, 'lookup').mockImplementation((...parameters: unknown[]) => {
    const answer = parameters.at(-1);
    if (typeof answer === 'function') answer(null, [{ address: '127.0.0.1', family: 4 }], 4);
  });
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `https://${HOST}:${port}`, seen };
};

const ask = (server: string, access: Partial<ClusterAccess>) =>
  getFromCluster(
    {
      server,
      certificateAuthority: authority.cert,
      clientCertificate: undefined,
      clientKey: undefined,
      token: undefined,
      ...access,
    },
    '/api/v1/nodes',
    z.object({ items: z.array(z.string()) }),
  );

describe("a cluster's API server, over TLS", () => {
  it('sees the certificate of the kubeconfig', async () => {
    const { url, seen } = await startApiServer();
    expect(await ask(url, { clientCertificate: admin.cert, clientKey: admin.key })).toEqual({ items: ['node'] });
    expect(seen).toEqual([{ certificate: 'the administrator', token: undefined }]);
  });

  it('sees the token of the kubeconfig', async () => {
    const { url, seen } = await startApiServer();
    expect(await ask(url, { token: 't' })).toEqual({ items: ['node'] });
    expect(seen).toEqual([{ certificate: undefined, token: 'Bearer t' }]);
  });

  it("is not trusted when the cluster's authority did not sign its certificate", async () => {
    const { url, seen } = await startApiServer();
    const other = { certificateAuthority: selfSigned(HOST).cert };
    await expect(ask(url, { ...other, token: 't' })).rejects.toThrow(/self-signed certificate|unable to verify/);
    expect(seen).toEqual([]);
  });
});

describe("a cluster's API server", () => {
  const access = (server = `https://${HOST}:443`): ClusterAccess => ({
    server,
    certificateAuthority: 'the CA',
    clientCertificate: undefined,
    clientKey: undefined,
    token: 't',
  });
  const ROUTE = 'GET https://c-dns.hcp.canadacentral.azmk8s.io/api/v1/nodes';
  const schema = z.object({ items: z.array(z.string()) });

  const ask = (answer: Answer, from = access()) => {
    azure.on(ROUTE, answer);
    return getFromCluster(from, '/api/v1/nodes', schema);
  };

  it('is asked with the token of the kubeconfig', async () => {
    expect(await ask({ body: { items: ['n'] } })).toEqual({ items: ['n'] });
    expect(azure.requests[0]?.headers).toMatchObject({ authorization: 'Bearer t', accept: 'application/json' });
  });

  it('is asked without one when there is a certificate', async () => {
    await ask({ body: { items: [] } }, { ...access(), token: undefined, clientCertificate: 'c', clientKey: 'k' });
    expect(azure.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [401, 'ClusterAccessDenied'],
    [403, 'ClusterAccessDenied'],
    [500, 'ClusterNotReady'],
    [404, 'ClusterNotReady'],
    [201, 'ClusterNotReady'],
  ])('that answers %i is %s', async (status, code) => {
    const error = await ask(status).catch((thrown: unknown) => thrown);
    expect(error instanceof AzureOperationError && error.failure).toEqual({
      code,
      message: `The cluster's API server answered HTTP ${status} for /api/v1/nodes.`,
      status,
    });
  });

  it.each([
    'http://c-dns.hcp.canadacentral.azmk8s.io',
    'https://evil.example',
    'https://c.azmk8s.io.evil.example',
    'https://c.cx.prod.service.azk8s.cn',
  ])('at %s is not asked', async (server) => {
    await expect(getFromCluster(access(server), '/api', schema)).rejects.toThrow(
      `The cluster's API server ${new URL(server).host} is not one of Azure's: it is not asked.`,
    );
    expect(azure.routes).toEqual([]);
  });
});

import dns from 'node:dns';
import { createServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { getFromCluster } from '../../src/azure/cluster-api.ts';
import type { ClusterAccess } from '../../src/azure/kubeconfig.ts';
import { listen } from '../support/listen.ts';
import { selfSigned } from '../support/self-signed.ts';

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
});

/** Starts an API server of a cluster on this machine, and leads its name there. */
const startApiServer = async (): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> => {
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

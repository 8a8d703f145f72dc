import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import { getFromCluster } from '../../src/azure/cluster-api.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import { type ClusterAccess, fetchKubeconfig, parseKubeconfig } from '../../src/azure/kubeconfig.ts';
import { type Answer, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const SERVER = 'https://c-dns.hcp.canadacentral.azmk8s.io:443';

const kubeconfig = (user: object, cluster: object = {}) =>
  stringify({
    clusters: [
      { name: 'c', cluster: { server: SERVER, 'certificate-authority-data': base64('the CA'), ...cluster } },
      { name: 'another' },
    ],
    users: [{ name: 'u', user }, { name: 'another' }],
  });

describe('a kubeconfig', () => {
  const CREDENTIALS =
    'POST /subscriptions/s1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c/listClusterUserCredential';

  it('is fetched as text', async () => {
    azure.on(CREDENTIALS, { body: { kubeconfigs: [{ name: 'clusterUser', value: base64('apiVersion: v1 ü') }] } });
    expect(await fetchKubeconfig('s1', 'rg', 'c')).toBe('apiVersion: v1 ü');
  });

  it.each([{}, { kubeconfigs: [] }, { kubeconfigs: [{ name: 'clusterUser' }] }])('is missing in %o', async (body) => {
    azure.on(CREDENTIALS, { body });
    await expect(fetchKubeconfig('s1', 'rg', 'c')).rejects.toThrow('Azure answered no kubeconfig for c.');
  });

  it('holds the first cluster and the certificate of its user', () => {
    const user = { 'client-certificate-data': base64('cert'), 'client-key-data': base64('key') };
    expect(parseKubeconfig(kubeconfig(user))).toEqual({
      server: SERVER,
      certificateAuthority: 'the CA',
      clientCertificate: 'cert',
      clientKey: 'key',
      token: undefined,
    });
  });

  it('holds a token instead', () => {
    expect(parseKubeconfig(kubeconfig({ token: 't' }))).toMatchObject({ token: 't', clientCertificate: undefined });
  });

  it.each([
    'secret: [',
    'secret',
    stringify({ clusters: [], users: [] }),
    kubeconfig({ token: 'secret' }, { server: 'no URL: secret' }),
    stringify({ clusters: [{ cluster: { server: SERVER, 'certificate-authority-data': base64('secret') } }] }),
  ])('of another form is refused, and not quoted', (text) => {
    expect(() => parseKubeconfig(text)).toThrow(
      new SyntaxError('The kubeconfig that Azure answered is not one, or not of the usual form.'),
    );
  });
});

describe("a cluster's API server", () => {
  const access = (server = SERVER): ClusterAccess => ({
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

import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { fetchKubeconfig, parseKubeconfig } from '../../src/azure/kubeconfig.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

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

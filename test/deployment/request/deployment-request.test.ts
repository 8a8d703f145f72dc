import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import { anSshPublicKey } from '../../support/an-ssh-public-key.ts';

const parse = (body: unknown) => parseDeploymentRequest(body);

const errorsOf = (body: unknown): Record<string, string> => {
  const parsed = parse(body);
  return parsed.ok ? {} : Object.fromEntries(parsed.errors.map(({ field, message }) => [field, message]));
};

describe('the body of a POST', () => {
  it('may be empty: the tutorial is the default', () => {
    const parsed = parse({});
    expect(parsed.ok && parsed.request).toMatchObject({
      resourceGroupName: 'apache-airflow-rg',
      identityName: 'airflow-identity-123',
      storageContainerName: 'airflow-logs',
      storageSecretName: 'storage-account-credentials',
      clusterName: 'apache-airflow-aks',
      serviceAccountName: 'airflow',
      serviceAccountNamespace: 'airflow',
      airflowNamespace: 'airflow',
      airflowClusterName: 'cluster-aks-airflow',
      cluster: {
        tier: 'Standard',
        nodeVmSize: 'Standard_DS4_v2',
        nodeCount: 3,
        zones: ['1', '2', '3'],
        autoUpgradeChannel: 'stable',
        nodeOsUpgradeChannel: 'NodeImage',
      },
    });
    expect(parsed.ok && parsed.request.images).toHaveLength(6);
  });

  it('takes a location as the portal writes it', () => {
    const parsed = parse({ location: 'Canada Central' });
    expect(parsed.ok && parsed.request.location).toBe('canadacentral');
  });

  it.each([
    [{ colour: 'blue' }, 'colour', 'is not known'],
    [{ ClusterName: 'x' }, 'ClusterName', 'did you mean clusterName'],
    [{ cluster: { nodes: 3 } }, 'cluster.nodes', 'is not known'],
    [{ keyVaultName: 'a--b' }, 'keyVaultName', 'without "--"'],
    [{ keyVaultName: 'a'.repeat(25) }, 'keyVaultName', '3 to 24'],
    [{ registryName: 'my-registry' }, 'registryName', '5 to 50 letters or digits'],
    [{ storageAccountName: 'Upper' }, 'storageAccountName', 'lower-case'],
    [{ resourceGroupName: 'ends.' }, 'resourceGroupName', 'not ending in "."'],
    [{ clusterName: '-x' }, 'clusterName', '1 to 63'],
    [{ storageContainerName: 'A' }, 'storageContainerName', '3 to 63'],
    [{ subscriptionId: 'mine' }, 'subscriptionId', 'GUID'],
    [{ location: 7 }, 'location', 'must be a string'],
    [{ cluster: { nodeCount: '3' } }, 'cluster.nodeCount', 'must be a number'],
    [{ cluster: { nodeCount: 2.5 } }, 'cluster.nodeCount', 'whole number'],
    [{ cluster: { nodeCount: 0 } }, 'cluster.nodeCount', 'at least 1'],
    [{ cluster: { zones: ['1', '1'] } }, 'cluster.zones', 'twice'],
    [{ cluster: { zones: ['4'] } }, 'cluster.zones.0', '"1", "2" or "3"'],
    [{ cluster: { tier: 'Gold' } }, 'cluster.tier', 'Free, Standard or Premium'],
    [{ cluster: { kubernetesVersion: 'latest' } }, 'cluster.kubernetesVersion', 'version such as'],
    [{ images: [{ source: 'airflow', image: 'airflow:1' }] }, 'images.0.source', 'registry/repository:tag'],
    [{ images: [{ source: 'docker.io/a/b:1', image: 'B' }] }, 'images.0.image', 'repository:tag'],
    [
      {
        images: [
          { source: 'docker.io/a/b:1', image: 'b:1' },
          { source: 'docker.io/c/b:1', image: 'b:1' },
        ],
      },
      'images.1.image',
      'twice',
    ],
    [{ tags: { 'a/b': 'x' } }, 'tags.a/b', 'must not contain'],
    [{ tags: { a: 5 } }, 'tags.a', 'must be a string'],
    [{ profile: 'paranoid' }, 'profile', 'must be tutorial or hardened'],
    [{ cluster: { authorizedIpRanges: ['10.0.0.1/8'] } }, 'cluster.authorizedIpRanges.0', 'first address of the range'],
    [{ cluster: { authorizedIpRanges: ['here'] } }, 'cluster.authorizedIpRanges.0', 'must be an IPv4 address'],
    [{ cluster: { authorizedIpRanges: ['1.2.3.4/33'] } }, 'cluster.authorizedIpRanges.0', 'must be an IPv4 address'],
    [{ cluster: { authorizedIpRanges: ['1.2.3.256'] } }, 'cluster.authorizedIpRanges.0', 'must be an IPv4 address'],
    [{ cluster: { authorizedIpRanges: ['0.0.0.0/0'] } }, 'cluster.authorizedIpRanges.0', 'not let in every address'],
    [{ cluster: { authorizedIpRanges: [] } }, 'cluster.authorizedIpRanges', 'at least one range'],
    [{ cluster: { authorizedIpRanges: ['1.2.3.4', '1.2.3.4/32'] } }, 'cluster.authorizedIpRanges', 'twice'],
    [{ cluster: { authorizedIpRanges: ['0.0.0.0', '1.2.3.4'] } }, 'cluster.authorizedIpRanges', 'beside others'],
    [{ cluster: { adminGroupObjectIds: ['admins'] } }, 'cluster.adminGroupObjectIds.0', 'a GUID'],
    [{ correlationId: 'with space' }, 'correlationId', 'without spaces'],
    [{ id: 'Upper' }, 'id', 'lower-case'],
    [[], '', 'must be an object'],
    ['text', '', 'must be an object'],
    [null, '', 'must be an object'],
  ])('refuses %j and names the field', (body, field, message) => {
    expect(errorsOf(body)[field]).toContain(message);
  });

  it('reports every broken rule at once', () => {
    expect(Object.keys(errorsOf({ location: 7, registryName: '-', cluster: { nodeCount: 0 } }))).toHaveLength(3);
  });

  it("takes the caller's SSH public key", () => {
    const key = anSshPublicKey();
    const parsed = parse({ cluster: { sshPublicKey: `${key}\n` } });
    expect(parsed.ok && parsed.request.cluster.sshPublicKey).toBe(key);
  });

  it('refuses a private key and does not repeat it', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' });
    const errors = errorsOf({ cluster: { sshPublicKey: pem.toString() } });
    expect(errors['cluster.sshPublicKey']).toContain('public half');
    expect(JSON.stringify(errors)).not.toContain('PRIVATE');
  });

  it('takes addresses and ranges for the API server, in the form and order of Azure', () => {
    const parsed = parse({ cluster: { authorizedIpRanges: ['203.0.113.7', '10.0.0.0/8'] } });
    expect(parsed.ok && parsed.request.cluster.authorizedIpRanges).toEqual(['10.0.0.0/8', '203.0.113.7/32']);
  });

  it('may import no images', () => {
    const parsed = parse({ images: [] });
    expect(parsed.ok && parsed.request.images).toEqual([]);
  });
});

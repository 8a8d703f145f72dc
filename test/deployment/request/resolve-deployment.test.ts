import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameRules } from '../../../src/deployment/names/azure-names.ts';
import { tutorialCloud } from '../../../src/deployment/names/cloud-rules.ts';
import { uniqueSuffix } from '../../../src/deployment/names/unique-suffix.ts';
import { deploymentRequestSchema } from '../../../src/deployment/request/deployment-request.ts';
import { deploymentHash, resolveDeployment } from '../../../src/deployment/request/resolve-deployment.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

const resolve = (body: object, subscription: string | undefined = SUBSCRIPTION) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), subscription);
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.errors));
  return resolution.deployment;
};

const errorFields = (body: object, subscription?: string) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), subscription);
  return resolution.ok ? [] : resolution.errors.map(({ field }) => field);
};

describe('a resolved deployment', () => {
  it('has the resource group for its id', () => {
    expect(resolve({}).id).toBe('apache-airflow-rg');
    expect(resolve({ resourceGroupName: 'Team-A' }).id).toBe('team-a');
  });

  it('asks for an id when the resource group is no id', () => {
    expect(errorFields({ resourceGroupName: 'a_b' }, SUBSCRIPTION)).toEqual(['id']);
  });

  it("goes to the tutorial's location, or to the one of another cloud that has its zones", () => {
    expect(resolve({}).location).toBe('canadacentral');
    const china = { ...tutorialCloud, name: 'AzureChinaCloud', defaultLocation: 'chinanorth3' };
    for (const [body, location] of [
      [{}, 'chinanorth3'],
      [{ location: 'China East 2' }, 'chinaeast2'],
    ] as const) {
      const resolution = resolveDeployment(deploymentRequestSchema.parse(body), SUBSCRIPTION, china);
      expect(resolution).toMatchObject({ deployment: { location } });
    }
  });

  it('asks for a subscription when there is none to fall back on', () => {
    expect(errorFields({})).toEqual(['subscriptionId']);
  });

  it("refuses names that make the nodes' resource group too long", () => {
    expect(errorFields({ clusterName: 'c'.repeat(63) }, SUBSCRIPTION)).toEqual(['clusterName']);
  });

  it('names the same resources for the same subscription and resource group, and others for others', () => {
    expect(resolve({}).keyVaultName).toBe(resolve({}).keyVaultName);
    expect(resolve({}).keyVaultName).not.toBe(resolve({ resourceGroupName: 'other' }).keyVaultName);
  });

  it('always makes names that Azure takes', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.stringMatching(/^[a-zA-Z0-9-]{1,60}$/), (subscription, group) => {
        const suffix = uniqueSuffix(subscription, group);
        expect(`airflow-vault-${suffix}-kv`).toMatch(nameRules.keyVault.pattern);
        expect(`mydnsrandomname${suffix}`).toMatch(nameRules.registry.pattern);
        expect(`airflowsasa${suffix}`).toMatch(nameRules.storageAccount.pattern);
      }),
    );
  });

  it('keeps a tag called Timestamp as text, which durable-functions would turn into a date', () => {
    expect(resolve({ tags: { Timestamp: '2026-01-01' } }).tags).toEqual([['Timestamp', '2026-01-01']]);
  });
});

describe('the hash of a deployment', () => {
  it('does not depend on the order of keys, nor on defaults being written out', () => {
    const a = resolve({ location: 'westeurope', tags: { a: '1', b: '2' } });
    const b = resolve({ tags: { b: '2', a: '1' }, clusterName: 'apache-airflow-aks', location: 'West Europe' });
    expect(deploymentHash(a)).toBe(deploymentHash(b));
  });

  it('differs when anything differs', () => {
    const hashes = [
      {},
      { location: 'westeurope' },
      { cluster: { nodeCount: 4 } },
      { images: [] },
      { tags: { a: '1' } },
    ];
    expect(new Set(hashes.map((body) => deploymentHash(resolve(body)))).size).toBe(hashes.length);
  });
});

describe('the profile', () => {
  it('tutorial is what a request without one asks for', () => {
    expect(resolve({ profile: 'tutorial' })).toEqual(resolve({}));
    expect(deploymentHash(resolve({ profile: 'hardened' }))).not.toBe(deploymentHash(resolve({})));
  });

  it('hardened alone has ranges and groups', () => {
    const cluster = { authorizedIpRanges: ['203.0.113.7'], adminGroupObjectIds: [SUBSCRIPTION] };
    expect(errorFields({ cluster }, SUBSCRIPTION)).toEqual([
      'cluster.authorizedIpRanges',
      'cluster.adminGroupObjectIds',
    ]);
    expect(errorFields({ cluster, profile: 'hardened' }, SUBSCRIPTION)).toEqual([]);
  });

  it('hardened wants a digest of an image whose registry is not asked for it', () => {
    const image = (source: string) => ({ profile: 'hardened', images: [{ source, image: 'airflow:1' }] });
    expect(errorFields(image('registry.example.com/airflow:1'), SUBSCRIPTION)).toEqual(['images.0.source']);
    expect(errorFields(image(`registry.example.com/airflow@sha256:${'0'.repeat(64)}`), SUBSCRIPTION)).toEqual([]);
    expect(errorFields(image('quay.io/airflow:1'), SUBSCRIPTION)).toEqual([]);
  });
});

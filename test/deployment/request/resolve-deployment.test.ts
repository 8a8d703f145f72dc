import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameRules } from '../../../src/deployment/names/azure-names.ts';
import { tutorialCloud } from '../../../src/deployment/names/cloud-rules.ts';
import { uniqueSuffix } from '../../../src/deployment/names/unique-suffix.ts';
import { deploymentRequestSchema } from '../../../src/deployment/request/deployment-request.ts';
import { deploymentHash, resolveDeployment } from '../../../src/deployment/request/resolve-deployment.ts';
import { aDeployment, SUBSCRIPTION } from '../../support/a-deployment.ts';

const errorFields = (body: object, subscription?: string) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), subscription);
  return resolution.ok ? [] : resolution.errors.map(({ field }) => field);
};

describe('a resolved deployment', () => {
  it('has the resource group for its id', () => {
    expect(aDeployment({}).id).toBe('apache-airflow-rg');
    expect(aDeployment({ resourceGroupName: 'Team-A' }).id).toBe('team-a');
  });

  it('asks for an id when the resource group is no id', () => {
    expect(errorFields({ resourceGroupName: 'a_b' }, SUBSCRIPTION)).toEqual(['id']);
  });

  it("goes to the tutorial's location, or to the one of another cloud that has its zones", () => {
    expect(aDeployment({}).location).toBe('canadacentral');
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
    expect(aDeployment({}).keyVaultName).toBe(aDeployment({}).keyVaultName);
    expect(aDeployment({}).keyVaultName).not.toBe(aDeployment({ resourceGroupName: 'other' }).keyVaultName);
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
    expect(aDeployment({ tags: { Timestamp: '2026-01-01' } }).tags).toEqual([['Timestamp', '2026-01-01']]);
  });
});

describe('the hash of a deployment', () => {
  it('does not depend on the order of keys, nor on defaults being written out', () => {
    const a = aDeployment({ location: 'westeurope', tags: { a: '1', b: '2' } });
    const b = aDeployment({ tags: { b: '2', a: '1' }, clusterName: 'apache-airflow-aks', location: 'West Europe' });
    expect(deploymentHash(a)).toBe(deploymentHash(b));
    expect(deploymentHash(a)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs when anything differs', () => {
    const hashes = [
      {},
      { location: 'westeurope' },
      { cluster: { nodeCount: 4 } },
      { images: [] },
      { tags: { a: '1' } },
    ];
    expect(new Set(hashes.map((body) => deploymentHash(aDeployment(body)))).size).toBe(hashes.length);
  });
});

const errorsOf = (body: object, subscription: string | undefined = SUBSCRIPTION) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), subscription);
  return resolution.ok ? [] : resolution.errors;
};

describe('what cannot be decided', () => {
  it('an id and a subscription', () => {
    const resolution = resolveDeployment(deploymentRequestSchema.parse({ resourceGroupName: 'a_b' }), undefined);
    expect(resolution).toEqual({
      ok: false,
      errors: [
        {
          field: 'id',
          message:
            'must be given: the resource group\'s name "a_b" is no id (1 to 64 lower-case letters, digits or "-")',
        },
        {
          field: 'subscriptionId',
          message: 'must be given: the service has no AZURE_SUBSCRIPTION_ID setting to fall back on',
        },
      ],
    });
  });

  it('is decided by the request where it says so', () => {
    const own = `a${SUBSCRIPTION.slice(1)}`;
    const body = { resourceGroupName: 'a_b', id: 'a-b', subscriptionId: own };
    expect(aDeployment(body)).toMatchObject(body);
    expect(resolveDeployment(deploymentRequestSchema.parse(body), undefined).ok).toBe(true);
  });
});

it("the nodes' group has 80 characters at most", () => {
  // MC_ and two _, 17 characters of apache-airflow-rg and 13 of canadacentral.
  const clusterName = 'c'.repeat(45);
  expect(errorsOf({ clusterName })).toEqual([]);
  expect(errorsOf({ clusterName: `${clusterName}c` })).toEqual([
    {
      field: 'clusterName',
      message: `must be shorter: the nodes' resource group "MC_apache-airflow-rg_${clusterName}c_canadacentral" has 81 characters, at most 80 are allowed (or shorten resourceGroupName)`,
    },
  ]);
});

describe('credentials for a registry', () => {
  const secretIn = (host: string): string => `https://team-vault.${host}/secrets/a`;
  const image = { source: 'quay.io/a/b:1', image: 'b:1' };
  const another = { source: 'ghcr.io/a/c:1', image: 'c:1' };
  const credentials = (registry: string, host = 'vault.azure.net') => ({
    registry,
    usernameSecretId: secretIn(host),
    passwordSecretId: secretIn(host),
  });

  it('are for one that an image comes from', () => {
    expect(errorsOf({ images: [another, image], registryCredentials: [credentials('quay.io')] })).toEqual([]);
    expect(
      errorsOf({ images: [image], registryCredentials: [credentials('quay.io'), credentials('docker.io')] }),
    ).toEqual([
      {
        field: 'registryCredentials.1.registry',
        message: 'must be the registry of an image: the source of none in images begins with docker.io/',
      },
    ]);
  });

  it("are in a vault of the service's cloud, since its tokens are for no other", () => {
    const china = credentials('quay.io', 'vault.azure.cn');
    const message = 'must be in a vault of AzureCloud: https://<vault>.vault.azure.net/secrets/…';
    expect(errorsOf({ images: [image], registryCredentials: [china] })).toEqual([
      { field: 'registryCredentials.0.usernameSecretId', message },
      { field: 'registryCredentials.0.passwordSecretId', message },
    ]);
  });
});

describe('the globally unique names', () => {
  const idOf = (type: string) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/shared/providers/${type}`;
  const registryId = idOf('Microsoft.ContainerRegistry/registries/teamregistry');
  const keyVaultId = idOf('Microsoft.KeyVault/vaults/team-vault');

  it("are the tutorial's with a suffix", () => {
    expect(aDeployment()).toMatchObject({
      keyVaultName: 'airflow-vault-dkmlfad-kv',
      registryName: 'mydnsrandomnamedkmlfad',
      storageAccountName: 'airflowsasadkmlfad',
    });
  });

  it('are those of the request', () => {
    const names = { keyVaultName: 'my-vault', registryName: 'myregistry', storageAccountName: 'mystorage' };
    expect(aDeployment(names)).toMatchObject(names);
  });

  it('are those of what exists, which the request may repeat', () => {
    const names = { keyVaultName: 'team-vault', registryName: 'teamregistry' };
    expect(aDeployment({ existing: { registryId, keyVaultId } })).toMatchObject(names);
    expect(aDeployment({ existing: { registryId, keyVaultId }, ...names })).toMatchObject(names);
  });

  it('may not contradict what exists', () => {
    const names = { keyVaultName: 'my-vault', registryName: 'myregistry' };
    expect(errorsOf({ existing: { registryId, keyVaultId }, ...names })).toEqual([
      { field: 'registryName', message: 'must be left out, or be teamregistry: the request names one that exists' },
      { field: 'keyVaultName', message: 'must be left out, or be team-vault: the request names one that exists' },
    ]);
    expect(errorsOf({ existing: { registryId }, keyVaultName: 'my-vault' })).toEqual([]);
  });
});

describe('the profile', () => {
  it('tutorial is what a request without one asks for', () => {
    expect(aDeployment({ profile: 'tutorial' })).toEqual(aDeployment({}));
    expect(aDeployment({ profile: 'hardened' }).profile).toBe('hardened');
    expect(deploymentHash(aDeployment({ profile: 'hardened' }))).not.toBe(deploymentHash(aDeployment({})));
  });

  it('says what it does not have', () => {
    expect(errorsOf({ cluster: { authorizedIpRanges: ['203.0.113.7'] } })).toMatchObject([
      { field: 'cluster.authorizedIpRanges' },
    ]);
  });
});

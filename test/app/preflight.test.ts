import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/deployment/plan/finding.ts';
import type { Plan } from '../../src/deployment/plan/plan.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  delete process.env.CHECK_SOURCE_IMAGES;
  delete process.env.AZURE_API_VERSIONS;
  id = `preflight-${nextId++}`;
});

const NAMES = { registryName: 'takenregistry', storageAccountName: 'takenaccount', keyVaultName: 'taken-vault' };

const IMAGE = { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' };

const bodyOf = (body: object) => ({ resourceGroupName: id, images: [], ...body });

const deploy = (body: object = {}) => world.deploy(bodyOf(body));

const findingsOf = async (body: object = {}): Promise<readonly Finding[]> => {
  const response = await world.post(bodyOf(body), '/api/plans');
  const { findings }: Plan = JSON.parse(await response.text());
  return findings;
};

const settings = (values: object) => world.azure.change(values);

const writes = () => world.azure.simulator.requests().filter(({ method }) => /PUT|PATCH|DELETE/.test(method));

describe('the preflight finds', () => {
  it('nothing where all is well', async () => {
    expect(await findingsOf({ images: [IMAGE] })).toEqual([]);
  });

  it.each([
    ['registry-name-taken', { takenNames: { registries: ['takenregistry'], vaults: [], storageAccounts: [] } }],
    ['storage-name-taken', { takenNames: { registries: [], vaults: [], storageAccounts: ['takenaccount'] } }],
    ['vault-name-taken', { takenNames: { registries: [], vaults: ['taken-vault'], storageAccounts: [] } }],
    ['vcpu-quota', { quota: { standardDSv2Family: 23 } }],
    ['vcpu-quota', { quota: { cores: 20 } }],
    ['vm-size-not-offered', { restrictedVmSizes: ['Standard_DS4_v2'] }],
    ['vm-size-zones', { zones: { canadacentral: ['1', '3'] } }],
    ['policy-refuses', { policies: [{ name: 'no-admin', field: 'properties.adminUserEnabled', equals: true }] }],
    [
      'policy-refuses',
      { policies: [{ name: 'team', type: 'Microsoft.KeyVault/vaults', field: 'tags.team', exists: false }] },
    ],
  ])('%s: an error, by which the deployment fails before anything is changed', async (rule, world) => {
    await settings(world);
    const errors = (await findingsOf(NAMES)).filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ rule, help: `docs/preflight.md#${rule}` }]);
    const deployment = await deploy(NAMES);
    expect(deployment).toMatchObject({
      status: 'Failed',
      error: {
        step: 'preflight',
        code: 'PreflightFailed',
        message: expect.stringContaining(errors[0]?.message ?? '?'),
      },
      findings: [{ rule, severity: 'error' }],
    });
    expect(deployment.error?.remedy).toBe(errors[0]?.remedy);
    expect(writes()).toEqual([]);
  });

  it('location-unknown: names the locations that there are', async () => {
    const { findings } = await deploy({ location: 'usgovvirginia' });
    const first = findings?.find(({ rule }) => rule === 'location-unknown');
    expect(first).toMatchObject({ severity: 'error', field: 'location' });
    expect(first?.message).toMatch(
      /^AzureCloud does not offer any of the resources in usgovvirginia, but in: .*canadacentral/,
    );
  });

  it('api-version-not-offered: names the version that the setting AZURE_API_VERSIONS takes, which is then asked for', async () => {
    await settings({ newestApiVersions: { 'Microsoft.KeyVault': '2025-05-01' } });
    const { status, error, findings } = await deploy();
    expect([status, error?.code]).toEqual(['Failed', 'PreflightFailed']);
    expect(findings?.[0]).toMatchObject({
      rule: 'api-version-not-offered',
      message: expect.stringMatching(
        /in the version 2026-02-01 of the API; its newest is Microsoft\.KeyVault=2025-05-01\.$/,
      ),
    });
    expect(writes()).toEqual([]);
    process.env.AZURE_API_VERSIONS = 'Microsoft.KeyVault=2025-05-01';
    expect(await deploy()).toMatchObject({ status: 'Succeeded' });
    const vaults = world.azure.requests('PUT', '/Microsoft.KeyVault/').map(({ url }) => new URL(url).searchParams);
    expect(new Set(vaults.map((query) => query.get('api-version')))).toEqual(new Set(['2025-05-01']));
  });

  it.each([
    ['vcpu-surge', { quota: { standardDSv2Family: 31 } }],
    ['provider-not-registered', { unregisteredProviders: ['Microsoft.ContainerService'] }],
  ])('%s: a warning, with which the deployment goes on', async (rule, world) => {
    await settings(world);
    const findings = await findingsOf();
    expect(findings).toMatchObject([{ rule, severity: 'warning' }]);
    const deployment = await deploy();
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.warnings).toEqual([`${findings[0]?.message} ${findings[0]?.remedy}`]);
    expect(deployment.findings).toBeUndefined();
  });

  it('everything at once, errors first', async () => {
    await settings({
      takenNames: { registries: ['takenregistry'], vaults: ['taken-vault'], storageAccounts: ['takenaccount'] },
      quota: { standardDSv2Family: 8, cores: 31 },
      zones: { canadacentral: [] },
      unregisteredProviders: ['Microsoft.KeyVault'],
      policies: [{ name: 'places', field: 'location', notIn: ['westeurope'] }],
    });
    await world.azure.giveRoles(['Reader']);
    const images = [{ source: 'docker.io/apache/nothing:1', image: 'nothing:1' }];
    const findings = await findingsOf({ ...NAMES, images });
    expect([...new Set(findings.map(({ rule }) => rule))].toSorted()).toEqual([
      'missing-permission',
      'not-checked',
      'policy-refuses',
      'provider-not-registered',
      'registry-name-taken',
      'source-image-missing',
      'storage-name-taken',
      'vcpu-quota',
      'vcpu-surge',
      'vm-size-zones',
    ]);
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual(severities.toSorted());
    const { error, findings: shown } = await deploy({ ...NAMES, images });
    expect(error?.message.length).toBeLessThanOrEqual(1024);
    expect(error?.remedy?.length).toBeLessThanOrEqual(1024);
    expect(shown?.length).toBe(findings.length);
    expect(writes()).toEqual([]);
  });

  it("each action that the service's identity may not perform, by name", async () => {
    await world.azure.giveRoles(['Reader']);
    const [missing] = (await findingsOf()).filter(({ rule }) => rule === 'missing-permission');
    for (const action of [
      'Microsoft.Resources/subscriptions/resourceGroups/write (resource-group)',
      'Microsoft.ContainerService/managedClusters/write (cluster)',
      'Microsoft.Storage/storageAccounts/listkeys/action (secrets)',
      'Microsoft.Authorization/roleAssignments/write (acr-pull)',
    ]) {
      expect(missing?.message).toContain(action);
    }
    expect(missing?.message).not.toContain('/read');
  });

  it('nothing about permissions that only what exists would need', async () => {
    await deploy();
    await world.azure.giveRoles(['Reader', 'Azure Kubernetes Service Cluster User Role']);
    expect((await findingsOf()).filter(({ rule }) => rule === 'missing-permission')).toEqual([]);
  });

  it('a deleted vault of ours, which will be recovered', async () => {
    await deploy();
    await world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
    await world.undone(id);
    expect(await findingsOf()).toMatchObject([{ rule: 'vault-soft-deleted', severity: 'warning', step: 'key-vault' }]);
    const again = await deploy();
    expect(again.status).toBe('Succeeded');
    expect(again.steps.find(({ name }) => name === 'key-vault')?.changed).toEqual(['recovered']);
  });

  it('a deleted vault of another group that holds the name', async () => {
    await world.deploy({ resourceGroupName: `${id}-a`, images: [], keyVaultName: 'shared-name' });
    await world.fetch(`/api/deployments/${id}-a?confirm=${id}-a`, { method: 'DELETE' });
    await world.instanceEnded(`u:${id}-a`);
    const [held] = await findingsOf({ keyVaultName: 'shared-name' });
    expect(held).toMatchObject({ rule: 'vault-name-held', severity: 'error' });
    expect(held?.message).toContain(`/resourceGroups/${id}-a/`);
  });

  it('the nodes that are there already do not need the quota again', async () => {
    await deploy();
    await settings({ quota: { standardDSv2Family: 32 } });
    expect(await findingsOf()).toEqual([]);
    expect(await findingsOf({ cluster: { nodeCount: 4 } })).toMatchObject([{ rule: 'vcpu-surge' }]);
    expect(await findingsOf({ cluster: { nodeCount: 5 } })).toMatchObject([{ rule: 'vcpu-quota' }]);
  });
});

describe('source images', () => {
  it('that are gone for good stop the deployment; one that moved does not', async () => {
    const missing = { source: 'quay.io/prometheus/statsd-exporter:v9', image: 'statsd-exporter:v9' };
    const moved = { source: 'docker.io/bitnami/postgresql:16.1.0-debian-11-r15', image: 'postgresql:16' };
    const findings = await findingsOf({ images: [IMAGE, missing, moved] });
    expect(findings.map(({ rule, step }) => [rule, step])).toEqual([
      ['source-image-missing', 'image:statsd-exporter:v9'],
      ['source-image-moved', 'image:postgresql:16'],
    ]);
    const deployment = await deploy({ images: [moved] });
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.warnings).toHaveLength(1);
  });

  it('that were imported already may be gone', async () => {
    await deploy({ images: [IMAGE] });
    await world.azure.changeImages({ remove: [IMAGE.source] });
    expect(await findingsOf({ images: [IMAGE] })).toEqual([]);
    expect((await deploy({ images: [IMAGE] })).status).toBe('Succeeded');
  });

  it.each(['169.254.169.254', 'registry.internal.corp'])('of %s are not asked for, which is said', async (host) => {
    const images = [{ source: `${host}/airflow:1`, image: 'airflow:1' }];
    expect(await findingsOf({ images })).toMatchObject([{ rule: 'not-checked', severity: 'warning' }]);
    expect(world.azure.simulator.requests().filter(({ url }) => url.includes(host))).toEqual([]);
  });

  it('are asked for without a credential of the service', async () => {
    const kubernetes = { source: 'registry.k8s.io/git-sync/git-sync:v4.1.0', image: 'git-sync:v4.1.0' };
    expect(await findingsOf({ images: [IMAGE, kubernetes] })).toEqual([]);
    const asked = world.azure.simulator.requests().filter(({ url }) => /docker\.io|k8s\.io|pkg\.dev/.test(url));
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).hostname}`).toSorted()).toEqual([
      'GET auth.docker.io',
      'HEAD registry-1.docker.io',
      'HEAD registry.k8s.io',
      'HEAD us-central1-docker.pkg.dev',
    ]);
  });

  it('are not asked for where the setting says so', async () => {
    process.env.CHECK_SOURCE_IMAGES = 'false';
    expect(await findingsOf({ images: [{ ...IMAGE, source: 'docker.io/apache/nothing:1' }] })).toEqual([]);
    expect(world.azure.simulator.requests().filter(({ url }) => url.includes('docker.io'))).toEqual([]);
  });
});

describe('a rule that cannot be checked', () => {
  it.each([
    ['/checkNameAvailability', 403, 3],
    ['/Microsoft\\.Compute/', 403, 2],
    ['/checkPolicyRestrictions', 500, 1],
    ['/providers/Microsoft\\.KeyVault\\?', 403, 1],
    ['/Microsoft\\.Authorization/', 403, 1],
    ['/v2/apache/airflow/', 503, 1],
  ])('because %s answers %i warns, and stops neither the others nor the deployment', async (path, status, warnings) => {
    for (const method of ['GET', 'POST', 'HEAD']) {
      const answer = { status, code: 'Refused', message: 'You may not.' };
      await world.azure.fail({ method, path, times: 1000, action: { answer } });
    }
    const findings = await findingsOf({ images: [IMAGE] });
    expect(findings.map(({ rule }) => rule)).toEqual(Array.from({ length: warnings }, () => 'not-checked'));
  });

  it('is shown in one line of the status', async () => {
    const answer = { status: 403, code: 'Refused', message: 'You may not.' };
    await world.azure.fail({ method: 'GET', path: '/Microsoft.Compute/', times: 10, action: { answer } });
    const deployment = await deploy();
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.warnings).toHaveLength(1);
    expect(deployment.warnings[0]).toContain('could not be checked');
  });

  it('because the connection breaks warns too', async () => {
    await world.azure.fail({
      method: 'GET',
      path: '/Microsoft.Compute/',
      times: 1000,
      action: { drop: 'before' },
    });
    expect((await findingsOf()).map(({ rule }) => rule)).toEqual(['not-checked', 'not-checked']);
  });

  it('because Resource Manager asks for patience is checked again', async () => {
    await settings({ quota: { cores: 1 } });
    await world.azure.fail({
      method: 'GET',
      path: '/usages',
      action: { answer: { status: 429, code: 'SubscriptionRequestsThrottled', headers: { 'retry-after': '5' } } },
    });
    expect(await deploy()).toMatchObject({ status: 'Failed', findings: [{ rule: 'vcpu-quota' }] });
    expect(world.azure.requests('GET', '/usages')).toHaveLength(2);
  });
});

it('skipPreflight leaves it out, and Azure itself refuses', async () => {
  await settings({ quota: { standardDSv2Family: 1 } });
  const deployment = await deploy({ skipPreflight: true });
  expect(deployment).toMatchObject({
    status: 'Failed',
    error: { step: 'cluster', code: 'ErrCode_InsufficientVCPUQuota' },
  });
  expect(world.azure.requests('GET', '/usages')).toEqual([]);
});

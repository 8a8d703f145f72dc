import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { clusterParameters, type Fixture, fetchToken, GROUP, LOCATION, sendRaw, startFixture } from './fixture.ts';

let azure: Fixture;
beforeAll(async () => {
  azure = await startFixture({ seed: 7 });
});
afterAll(() => azure.close());
beforeEach(() => azure.simulator.reset());

const SUBSCRIPTION = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;

const skus = async (location: string) => {
  const filter = encodeURIComponent(`location eq '${location}'`);
  const path = `${SUBSCRIPTION}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=${filter}`;
  const { body } = await azure.send('GET', path);
  return body;
};

const usages = async () => {
  const path = `${SUBSCRIPTION}/providers/Microsoft.Compute/locations/${LOCATION}/usages?api-version=2024-07-01`;
  const { body } = await azure.send('GET', path);
  return body;
};

describe('Microsoft.Compute', () => {
  it('lists VM sizes with family, vCPUs and zones, by location', async () => {
    const size = expect.objectContaining({
      resourceType: 'virtualMachines',
      name: 'Standard_DS4_v2',
      family: 'standardDSv2Family',
      capabilities: [{ name: 'vCPUs', value: '8' }],
      locationInfo: [{ location: LOCATION, zones: ['1', '2', '3'], zoneDetails: [] }],
      restrictions: [],
    });
    expect(await skus(LOCATION)).toMatchObject({ value: expect.arrayContaining([size]) });
    expect(await skus('nowhere')).toEqual({ value: [] });
    expect(await skus(LOCATION)).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ name: 'Standard_D4s_v5' })]),
    });
  });

  it('says which a subscription may not use, and where, beside the zones that are published', async () => {
    await azure.control('POST', 'settings', {
      restrictedVmSizes: ['Standard_DS4_v2'],
      zones: { [LOCATION]: ['1', '2'] },
    });
    const sizes = await skus(LOCATION);
    const restriction = (type: string, info: object) => ({
      type,
      values: [LOCATION],
      restrictionInfo: { locations: [LOCATION], ...info },
      reasonCode: 'NotAvailableForSubscription',
    });
    expect(sizes).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({
          name: 'Standard_DS4_v2',
          restrictions: [restriction('Location', {}), restriction('Zone', { zones: ['1', '2', '3'] })],
        }),
        expect.objectContaining({
          name: 'Standard_DS3_v2',
          locationInfo: [{ location: LOCATION, zones: ['1', '2', '3'], zoneDetails: [] }],
          restrictions: [restriction('Zone', { zones: ['3'] })],
        }),
      ]),
    });
  });

  it('counts the vCPUs of clusters, by family and in all', async () => {
    await azure.control('POST', 'settings', { quota: { standardDSv2Family: 40 } });
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await azure.done(azure.clusters.managedClusters.createOrUpdate(GROUP, 'aks', clusterParameters));
    const usage = (value: string, currentValue: number) =>
      expect.objectContaining({ currentValue, name: expect.objectContaining({ value }) });
    expect(await usages()).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({
          unit: 'Count',
          currentValue: 24,
          limit: 40,
          name: { value: 'standardDSv2Family', localizedValue: expect.any(String) },
        }),
        usage('cores', 24),
        usage('standardDSv3Family', 0),
      ]),
    });
  });
});

describe('policies', () => {
  const policies = [
    { name: 'places', displayName: 'Allowed places', field: 'location', notIn: ['westeurope'] },
    { name: 'watched', effect: 'audit', field: 'location', equals: 'Canada Central' },
  ];
  const ask = async (resourceContent: object, scope = SUBSCRIPTION, rest: object = {}) => {
    const path = `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01`;
    return azure.send('POST', path, { resourceDetails: { resourceContent }, ...rest });
  };

  it('say beforehand what they would deny', async () => {
    await azure.control('POST', 'settings', { policies });
    const content = { type: 'Microsoft.KeyVault/vaults', location: LOCATION };
    const denied = {
      policyInfo: {
        policyDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyDefinitions/places`,
        policyAssignmentId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/places`,
      },
      evaluationResult: 'NonCompliant',
      effectDetails: { policyEffect: 'Deny' },
    };
    expect(await ask(content)).toMatchObject({
      status: 200,
      body: { contentEvaluationResult: { policyEvaluations: [denied] } },
    });
    const compliant = { body: { contentEvaluationResult: { policyEvaluations: [] } } };
    expect(await ask({ ...content, location: 'West Europe' })).toMatchObject(compliant);
  });

  it('are asked in a group that exists, with a known api-version and the right to', async () => {
    expect(await ask({ type: 'x' }, `${SUBSCRIPTION}/resourceGroups/none`)).toMatchObject({ status: 404 });
    const path = `${SUBSCRIPTION}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
    expect(await azure.send('POST', `${path}?api-version=2019-01-01`, {})).toMatchObject({ status: 400 });
    expect(await ask([])).toMatchObject({ status: 400 });
    await azure.control('POST', 'caller', { roles: ['AcrPull'] });
    expect(await ask({ type: 'x' })).toMatchObject({ status: 403 });
  });

  it('refuse the PUT and the PATCH that they deny, and let through what they audit', async () => {
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await azure.control('POST', 'settings', { policies });
    const path = `${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/someone?api-version=2024-11-30`;
    const refused = await azure.send('PUT', path, { location: LOCATION });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error: {
          code: 'RequestDisallowedByPolicy',
          target: 'someone',
          message: expect.stringMatching(
            /^Resource 'someone' was disallowed by policy\. Policy identifiers: '\[\{.*Allowed places/,
          ),
          additionalInfo: [{ type: 'PolicyViolation', info: { policyAssignmentName: 'places' } }],
        },
      },
    });
    await azure.control('POST', 'settings', { policies: policies.filter(({ effect }) => effect === 'audit') });
    expect(await azure.send('PUT', path, { location: LOCATION })).toMatchObject({ status: 201 });
    await azure.control('POST', 'settings', {
      policies: [
        { name: 'no-tag', type: 'Microsoft.ManagedIdentity/userAssignedIdentities', field: 'tags.a', exists: true },
      ],
    });
    expect(await azure.send('PATCH', path, { tags: { a: '1' } })).toMatchObject({ status: 403 });
    expect(await azure.send('PATCH', path, { tags: { b: '1' } })).toMatchObject({ status: 200 });
  });
});

describe('manifests', () => {
  const ask = (method: string, url: string, headers: Record<string, string> = {}, body?: string) => {
    const { host, pathname, search } = new URL(url);
    return sendRaw(azure.url, method, `${pathname}${search}`, { host, ...headers }, body);
  };

  it('of Docker Hub take an anonymous token for the repository', async () => {
    const url = 'https://registry-1.docker.io/v2/apache/airflow/manifests/2.9.3';
    const challenged = await ask('HEAD', url);
    expect(challenged.status).toBe(401);
    expect(challenged.headers['www-authenticate']).toBe(
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:apache/airflow:pull"',
    );
    const tokenOf = async (repository: string): Promise<string> => {
      const scope = `repository:${repository}:pull`;
      const { text } = await ask('GET', `https://auth.docker.io/token?service=registry.docker.io&scope=${scope}`);
      const { token }: { token: string } = JSON.parse(text);
      return `Bearer ${token}`;
    };
    const authorization = await tokenOf('apache/airflow');
    expect(await ask('HEAD', url, { authorization })).toMatchObject({
      status: 200,
      headers: { 'docker-content-digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    });
    expect(await ask('HEAD', url.replace('2.9.3', '0.0'), { authorization })).toMatchObject({ status: 404 });
    const other = 'https://registry-1.docker.io/v2/bitnami/postgresql/manifests/16.1.0-debian-11-r15';
    expect(await ask('HEAD', other, { authorization })).toMatchObject({ status: 401 });
    expect(await ask('HEAD', other, { authorization: await tokenOf('bitnami/postgresql') })).toMatchObject({
      status: 401,
    });
  });

  it('of the other public registries are there for everyone; registry.k8s.io sends on', async () => {
    expect(await ask('HEAD', 'https://quay.io/v2/prometheus/statsd-exporter/manifests/v0.26.1')).toMatchObject({
      status: 200,
    });
    expect(await ask('GET', 'https://mcr.microsoft.com/v2/none/manifests/1')).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] },
    });
    const sent = await ask('HEAD', 'https://registry.k8s.io/v2/git-sync/git-sync/manifests/v4.1.0');
    expect(sent.status).toBe(307);
    expect(await ask('HEAD', String(sent.headers.location))).toMatchObject({ status: 200 });
  });

  it('of a registry of Azure take its own tokens and the right to pull', async () => {
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await azure.done(
      azure.registries.registries.create(GROUP, 'ourregistry', { location: LOCATION, sku: { name: 'Premium' } }),
    );
    await azure.done(
      azure.registries.registries.importImage(GROUP, 'ourregistry', {
        source: { registryUri: 'docker.io', sourceImage: 'apache/airflow:2.9.3' },
        targetTags: ['airflow:2.9.3'],
      }),
    );
    const host = 'https://ourregistry.azurecr.io';
    const service = 'ourregistry.azurecr.io';
    const url = `${host}/v2/airflow/manifests/2.9.3`;
    expect((await ask('HEAD', url)).headers['www-authenticate']).toContain(`realm="${host}/oauth2/token"`);

    const post = async (path: string, form: Record<string, string>) => {
      const { status, text } = await ask(
        'POST',
        `${host}/oauth2/${path}`,
        { 'content-type': 'application/x-www-form-urlencoded' },
        new URLSearchParams(form).toString(),
      );
      const tokens: { refresh_token?: string; access_token?: string } = status === 200 ? JSON.parse(text) : {};
      return { status, ...tokens };
    };
    const entra = await fetchToken(azure.url, 'https://management.azure.com');
    expect(await post('exchange', { grant_type: 'access_token', service, access_token: 'x.y.z' })).toMatchObject({
      status: 401,
    });
    const { refresh_token = '' } = await post('exchange', { grant_type: 'access_token', service, access_token: entra });
    const scoped = async (scope: string) => {
      const { access_token = '' } = await post('token', { grant_type: 'refresh_token', service, scope, refresh_token });
      return { authorization: `Bearer ${access_token}` };
    };
    const right = await scoped('repository:airflow:pull');
    expect(await ask('HEAD', url, right)).toMatchObject({ status: 200 });
    expect(await ask('HEAD', url, await scoped('repository:other:pull'))).toMatchObject({ status: 401 });
    expect(await ask('HEAD', url, { authorization: `Bearer ${entra}` })).toMatchObject({ status: 401 });
    expect(await ask('HEAD', url.replace('2.9.3', '1'), right)).toMatchObject({ status: 404 });
    await azure.control('POST', 'caller', { roles: ['Key Vault Contributor'] });
    expect(await ask('HEAD', url, right)).toMatchObject({ status: 401 });
  });
});

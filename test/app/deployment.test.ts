import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIMULATED_CALLER_OBJECT_ID, SIMULATED_TENANT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { TestWorld } from '../support/world.ts';

let world: TestWorld;
let deployment: DeploymentDocument;

beforeAll(async () => {
  world = await TestWorld.start();
  deployment = await world.deploy({});
});

afterAll(() => world.close());

const outputs = async (): Promise<Record<string, string>> =>
  JSON.parse(await (await world.fetch('/api/deployments/apache-airflow-rg/outputs')).text());

const resource = (type: string) => world.azure.the(type);

describe("one POST makes the tutorial's infrastructure", () => {
  it('and every step of it succeeds', () => {
    expect(deployment.error).toBeUndefined();
    expect(deployment.status).toBe('Succeeded');
    for (const step of deployment.steps) expect([step.name, step.state]).toEqual([step.name, 'Succeeded']);
    expect(deployment.steps).toHaveLength(19);
  });

  it('faster than one after another: independent steps overlap the cluster', () => {
    const at = (name: string, key: 'startedAt' | 'endedAt') =>
      Date.parse(deployment.steps.find((step) => step.name === name)?.[key] ?? '');
    for (const name of ['registry', 'storage', 'image:airflow:2.9.3', 'identity']) {
      expect(at(name, 'endedAt')).toBeLessThan(at('cluster', 'endedAt'));
    }
  });

  it('resource group: in the location, marked as ours', () => {
    expect(resource('Microsoft.Resources/resourceGroups')).toMatchObject({
      name: 'apache-airflow-rg',
      location: 'canadacentral',
      tags: { 'airflow-on-aks-deployment': 'apache-airflow-rg' },
    });
  });

  it('key vault: access policies instead of RBAC, with those of the caller and of the identity', async () => {
    const { MY_IDENTITY_NAME_PRINCIPAL_ID } = await outputs();
    expect(resource('Microsoft.KeyVault/vaults')).toMatchObject({
      location: 'canadacentral',
      properties: {
        tenantId: SIMULATED_TENANT_ID,
        sku: { family: 'A', name: 'standard' },
        enableRbacAuthorization: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
        accessPolicies: [
          {
            tenantId: SIMULATED_TENANT_ID,
            objectId: SIMULATED_CALLER_OBJECT_ID,
            permissions: { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] },
          },
          {
            tenantId: SIMULATED_TENANT_ID,
            objectId: MY_IDENTITY_NAME_PRINCIPAL_ID,
            permissions: { secrets: ['get'] },
          },
        ],
      },
    });
  });

  it('container registry: Premium with the admin user', () => {
    expect(resource('Microsoft.ContainerRegistry/registries')).toMatchObject({
      sku: { name: 'Premium' },
      properties: { adminUserEnabled: true, anonymousPullEnabled: false, publicNetworkAccess: 'Enabled' },
    });
  });

  it('storage account and container', () => {
    expect(resource('Microsoft.Storage/storageAccounts')).toMatchObject({
      sku: { name: 'Standard_ZRS' },
      kind: 'StorageV2',
      properties: {
        accessTier: 'Hot',
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        supportsHttpsTrafficOnly: true,
        encryption: { keySource: 'Microsoft.Storage' },
      },
    });
    expect(resource('Microsoft.Storage/storageAccounts/blobServices/containers')).toMatchObject({
      name: 'airflow-logs',
      properties: { publicAccess: 'None' },
    });
  });

  it("the storage account's name and key are the vault's two secrets", async () => {
    const { AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME: account } = await outputs();
    const keys = world.azure.simulator.secrets().filter(({ kind }) => kind === 'storage-account-key');
    const written = world.sent('PUT', '/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-').map(({ properties }) => properties);
    expect(written).toContainEqual({ value: account });
    expect(keys.map(({ value }) => ({ value }))).toContainEqual(written.find(({ value }) => value !== account));
  });

  it('cluster: what `az aks create` sends for the tutorial, and the tag that says whose it is', () => {
    const [sent] = world.sent('PUT', '/managedClusters/');
    const { linuxProfile, ...properties } = sent?.properties ?? {};
    expect({ ...sent, properties }).toEqual({
      location: 'canadacentral',
      sku: { name: 'Base', tier: 'Standard' },
      identity: { type: 'SystemAssigned' },
      tags: { 'airflow-on-aks-deployment': 'apache-airflow-rg' },
      properties: {
        dnsPrefix: 'apache-air-apache-airflow-r-111111',
        agentPoolProfiles: [
          {
            name: 'nodepool1',
            mode: 'System',
            type: 'VirtualMachineScaleSets',
            osType: 'Linux',
            vmSize: 'Standard_DS4_v2',
            count: 3,
            availabilityZones: ['1', '2', '3'],
            enableAutoScaling: false,
            enableNodePublicIP: false,
            scaleSetPriority: 'Regular',
            nodeTaints: [],
            upgradeSettings: {},
            enableEncryptionAtHost: false,
            enableUltraSSD: false,
            enableFIPS: false,
          },
        ],
        addonProfiles: {},
        enableRBAC: true,
        disableLocalAccounts: false,
        networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true } },
        storageProfile: { blobCSIDriver: { enabled: true } },
        autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
        bootstrapProfile: { artifactSource: 'Direct' },
      },
    });
    expect(linuxProfile).toMatchObject({ adminUsername: 'azureuser' });
    expect(JSON.stringify(linuxProfile)).toMatch(/"keyData":"ssh-rsa [A-Za-z0-9+/=]+ apache-airflow-aks-nodes"/);
  });

  it("the private half of the nodes' SSH key is in the vault, its public half on the nodes", () => {
    const [secret] = world.sent('PUT', '-ssh-private-key');
    expect(secret?.properties.value).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    const publicKey = `${secret?.tags['ssh-public-key-1']}${secret?.tags['ssh-public-key-2']}`;
    const [cluster] = world.sent('PUT', '/managedClusters/');
    expect(cluster?.properties.linuxProfile.ssh.publicKeys).toEqual([{ keyData: publicKey }]);
  });

  it('the kubelet identity may pull from the registry', async () => {
    const { KUBELET_IDENTITY } = await outputs();
    const [sent] = world.sent('PUT', '/roleAssignments/');
    expect(sent?.properties).toEqual({
      roleDefinitionId:
        '/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d',
      principalId: KUBELET_IDENTITY,
      principalType: 'ServicePrincipal',
    });
  });

  it('six images are in the registry, the one that is gone from Docker Hub from its new place, and the deployment says so', () => {
    const sources = world.azure.simulator
      .resources()
      .filter(({ type }) => type === 'Microsoft.ContainerRegistry/registries/importedImages')
      .map(({ name, properties }) => [name, properties?.source]);
    expect(new Map(sources.map(([name, source]) => [String(name), source]))).toEqual(
      new Map([
        ['airflow:airflow-pgbouncer-2024.01.19-1.21.0', 'docker.io/apache/airflow:airflow-pgbouncer-2024.01.19-1.21.0'],
        [
          'airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0',
          'docker.io/apache/airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0',
        ],
        ['postgresql:16.1.0-debian-11-r15', 'docker.io/bitnamilegacy/postgresql:16.1.0-debian-11-r15'],
        ['statsd-exporter:v0.26.1', 'quay.io/prometheus/statsd-exporter:v0.26.1'],
        ['airflow:2.9.3', 'docker.io/apache/airflow:2.9.3'],
        ['git-sync:v4.1.0', 'registry.k8s.io/git-sync/git-sync:v4.1.0'],
      ]),
    );
    expect(deployment.warnings.join()).toContain('docker.io/bitnami/postgresql:16.1.0-debian-11-r15 is gone');
  });

  it("the service account may sign in as the identity: what the tutorial's next part needs", async () => {
    const { OIDC_URL } = await outputs();
    expect(resource('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials')).toMatchObject({
      name: 'external-secret-operator',
      properties: {
        issuer: OIDC_URL,
        subject: 'system:serviceaccount:airflow:airflow',
        audiences: ['api://AzureADTokenExchange'],
      },
    });
  });

  it('the cluster was really reached', () => {
    expect(world.azure.requests('GET', '/api/v1/nodes')).toHaveLength(1);
    expect(world.azure.requests('GET', 'azmk8s.io/version')).toHaveLength(1);
  });

  it('every variable that the tutorial exports is an output, but for the storage key', async () => {
    expect(Object.keys(await outputs())).toEqual(
      expect.arrayContaining([
        'MY_LOCATION',
        'MY_RESOURCE_GROUP_NAME',
        'MY_IDENTITY_NAME',
        'MY_IDENTITY_NAME_ID',
        'MY_IDENTITY_NAME_PRINCIPAL_ID',
        'MY_IDENTITY_NAME_CLIENT_ID',
        'MY_ACR_REGISTRY',
        'MY_ACR_REGISTRY_ID',
        'MY_KEYVAULT_NAME',
        'KEYVAULTID',
        'KEYVAULTURL',
        'MY_CLUSTER_NAME',
        'SERVICE_ACCOUNT_NAME',
        'SERVICE_ACCOUNT_NAMESPACE',
        'AKS_AIRFLOW_NAMESPACE',
        'AKS_AIRFLOW_CLUSTER_NAME',
        'AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME',
        'AKS_AIRFLOW_LOGS_STORAGE_CONTAINER_NAME',
        'AKS_AIRFLOW_LOGS_STORAGE_SECRET_NAME',
        'OIDC_URL',
        'KUBELET_IDENTITY',
      ]),
    );
    expect(Object.keys(await outputs())).not.toContain('AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY');
  });

  it('a shell can evaluate the outputs', async () => {
    const response = await world.fetch('/api/deployments/apache-airflow-rg/outputs?format=env');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const lines = await response.text();
    const printed = execFileSync('sh', ['-c', `${lines}printf %s "$MY_CLUSTER_NAME|$KEYVAULTURL"`], {
      encoding: 'utf8',
    });
    const { KEYVAULTURL } = await outputs();
    expect(printed).toBe(`apache-airflow-aks|${KEYVAULTURL}`);
  });

  it('the result is the outputs, and the kubeconfig is fetched on request and not cached', async () => {
    const result = await world.fetch('/api/deployments/apache-airflow-rg/result');
    expect(result.status).toBe(200);
    expect(JSON.parse(await result.text())).toMatchObject({ status: 'Succeeded', outputs: await outputs() });

    const kubeconfig = await world.post({}, '/api/deployments/apache-airflow-rg/kubeconfig');
    expect(kubeconfig.status).toBe(200);
    expect(kubeconfig.headers.get('cache-control')).toBe('no-store');
    expect(await kubeconfig.text()).toContain('current-context');
  });

  it('sends one PUT for each resource and does not crowd Resource Manager while the cluster is built', () => {
    const puts = world.azure.requests('PUT', '').map(({ url }) => url.split('?')[0]);
    expect(new Set(puts).size).toBe(puts.length);
    const polls = world.azure.requests('GET', '/managedClusters/apache-airflow-aks');
    expect(polls.length).toBeLessThan(25);
  });
});

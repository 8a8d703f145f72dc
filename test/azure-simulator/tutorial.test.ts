import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID, SIMULATED_TENANT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { clusterParameters, type Fixture, GROUP, LOCATION, startFixture, vaultParameters } from './fixture.ts';

let azure: Fixture;
beforeAll(async () => {
  azure = await startFixture({ seed: 7 });
});
afterAll(() => azure.close());

test('every resource of the tutorial, through the real SDK clients', async () => {
  const { subscriptionId, tenantId } = await azure.subscriptions.subscriptions.get(SIMULATED_SUBSCRIPTION_ID);
  expect({ subscriptionId, tenantId }).toEqual({
    subscriptionId: SIMULATED_SUBSCRIPTION_ID,
    tenantId: SIMULATED_TENANT_ID,
  });

  const group = await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
  expect(group.properties?.provisioningState).toBe('Succeeded');
  expect((await azure.resources.resourceGroups.checkExistence(GROUP)).body).toBe(true);
  expect((await azure.resources.resourceGroups.checkExistence('nothing')).body).toBe(false);

  const identity = await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'airflow-identity-123', {
    location: LOCATION,
  });
  expect(identity.id).toContain('/resourcegroups/');
  expect(identity.tenantId).toBe(SIMULATED_TENANT_ID);

  const vault = await azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'airflow-vault-abc-kv', vaultParameters));
  expect(vault?.properties.provisioningState).toBe('Succeeded');
  expect(vault?.properties.vaultUri).toBe('https://airflow-vault-abc-kv.vault.azure.net/');

  const registry = await azure.done(
    azure.registries.registries.create(GROUP, 'mydnsrandomnameabc', {
      location: LOCATION,
      sku: { name: 'Premium' },
      adminUserEnabled: true,
      anonymousPullEnabled: false,
    }),
  );
  expect(registry).toMatchObject({ loginServer: 'mydnsrandomnameabc.azurecr.io', provisioningState: 'Succeeded' });

  const account = await azure.done(
    azure.storage.storageAccounts.create(GROUP, 'airflowsasaabc', {
      location: LOCATION,
      sku: { name: 'Standard_ZRS' },
      kind: 'StorageV2',
      encryption: { services: { blob: {} }, keySource: 'Microsoft.Storage' },
    }),
  );
  expect(account).toMatchObject({
    provisioningState: 'Succeeded',
    allowBlobPublicAccess: false,
    minimumTlsVersion: 'TLS1_0',
  });
  const { keys } = await azure.storage.storageAccounts.listKeys(GROUP, 'airflowsasaabc');
  expect(keys?.[0]).toMatchObject({ keyName: 'key1', permissions: 'FULL', creationTime: expect.any(Date) });
  expect(Buffer.from(keys?.[0]?.value ?? '', 'base64')).toHaveLength(64);
  const container = await azure.storage.blobContainers.create(GROUP, 'airflowsasaabc', 'airflow-logs', {
    publicAccess: 'None',
  });
  expect(container).toMatchObject({ name: 'airflow-logs', publicAccess: 'None' });

  const secret = await azure.vaults.secrets.createOrUpdate(GROUP, 'airflow-vault-abc-kv', 'AKS-KEY', {
    properties: { value: keys?.[0]?.value ?? '' },
  });
  expect(secret.properties.value).toBeUndefined();
  expect(secret.properties.secretUri).toBe('https://airflow-vault-abc-kv.vault.azure.net/secrets/AKS-KEY');

  const cluster = await azure.done(
    azure.clusters.managedClusters.createOrUpdate(GROUP, 'apache-airflow-aks', clusterParameters, {
      ifNoneMatch: '*',
    }),
  );
  expect(cluster).toMatchObject({
    provisioningState: 'Succeeded',
    nodeResourceGroup: `MC_${GROUP}_apache-airflow-aks_${LOCATION}`,
  });
  const kubelet = cluster?.identityProfile?.kubeletidentity?.objectId ?? '';

  const credential = await azure.identities.federatedIdentityCredentials.createOrUpdate(
    GROUP,
    'airflow-identity-123',
    'external-secret-operator',
    {
      issuer: cluster?.oidcIssuerProfile?.issuerURL ?? '',
      subject: 'system:serviceaccount:airflow:airflow',
      audiences: ['api://AzureADTokenExchange'],
    },
  );
  expect(credential.issuer).toMatch(/^https:.*\/$/);

  const scope = registry?.id?.slice(1) ?? '';
  const assignment = await azure.authorization.roleAssignments.create(scope, '0d2d5e3c-1111-4222-8333-444444444444', {
    principalId: kubelet,
    principalType: 'ServicePrincipal',
    roleDefinitionId: `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
  });
  expect(assignment).toMatchObject({ principalId: kubelet, scope: registry?.id });

  await azure.done(
    azure.registries.registries.importImage(GROUP, 'mydnsrandomnameabc', {
      source: { registryUri: 'docker.io', sourceImage: 'apache/airflow:2.9.3' },
      targetTags: ['airflow:2.9.3'],
      mode: 'NoForce',
    }),
  );
  expect(azure.simulator.resources().map(({ name }) => name)).toContain('airflow:2.9.3');

  const policy = await azure.vaults.vaults.updateAccessPolicy(GROUP, 'airflow-vault-abc-kv', 'add', {
    properties: {
      accessPolicies: [
        { tenantId: SIMULATED_TENANT_ID, objectId: identity.principalId ?? '', permissions: { secrets: ['get'] } },
      ],
    },
  });
  expect(policy.properties.accessPolicies).toHaveLength(1);

  const { kubeconfigs } = await azure.clusters.managedClusters.listClusterUserCredentials(GROUP, 'apache-airflow-aks');
  const kubeconfig = Buffer.from(kubeconfigs?.[0]?.value ?? []).toString('utf8');
  const token = /token: (\S+)/.exec(kubeconfig)?.[1] ?? '';
  const nodes = await azure.send('GET', `https://${cluster?.fqdn}/api/v1/nodes`, undefined, {
    authorization: `Bearer ${token}`,
  });
  expect(nodes).toMatchObject({ status: 200, body: { kind: 'NodeList', items: { length: 3 } } });
  const refused = await azure.send('GET', `https://${cluster?.fqdn}/version`, undefined, { authorization: 'Bearer x' });
  expect(refused).toMatchObject({ status: 401, body: { kind: 'Status', reason: 'Unauthorized' } });

  const permissions = [];
  for await (const permission of azure.authorization.permissions.listForResourceGroup(GROUP))
    permissions.push(permission);
  expect(permissions).toEqual([expect.objectContaining({ actions: ['*'] })]);

  const secrets = azure.simulator.secrets().map(({ kind }) => kind);
  expect(new Set(secrets)).toEqual(
    new Set(['token', 'storage-account-key', 'kubeconfig', 'kubeconfig-token', 'kubeconfig-client-key']),
  );
});

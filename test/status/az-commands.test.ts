import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { finding } from '../../src/deployment/plan/finding.ts';
import type { PlanAction } from '../../src/deployment/plan/inspection.ts';
import type { PlanStep } from '../../src/deployment/plan/plan.ts';
import { deploymentRequestSchema } from '../../src/deployment/request/deployment-request.ts';
import { type Deployment, resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';
import { azCommands } from '../../src/status/az-commands.ts';
import { graphOf } from '../../src/steps/graph.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

const deploymentOf = (body: object): Deployment => {
  const resolved = resolveDeployment(deploymentRequestSchema.parse(body), SUBSCRIPTION);
  if (!resolved.ok) throw new Error('The request breaks a rule.');
  return resolved.deployment;
};

const stepsOf = (
  deployment: Deployment,
  action: PlanAction,
  special: Readonly<Record<string, Partial<PlanStep>>> = {},
): PlanStep[] =>
  graphOf(deployment).all.map(({ name, waitsFor }) => ({
    name,
    waitsFor,
    action,
    critical: false,
    usualSeconds: 0,
    resourceId: `/id/of/${name}`,
    changes: [],
    ...special[name],
  }));

/** The commands of Microsoft's tutorial "Create the infrastructure for running Apache Airflow on AKS", and two of its next part, as published. */
const TUTORIAL = readFileSync(new URL('tutorial-commands.sh', import.meta.url), 'utf8');

/** The tutorial's commands with its variables replaced, one line each. */
const tutorialWith = (names: Readonly<Record<string, string>>): string[] =>
  TUTORIAL.trim()
    .replace(/\s*\\\n/g, ' ')
    .replace(/\$\{?(\w+)\}?/g, (text, name: string) => names[name] ?? text)
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));

it("the defaults are the tutorial's commands, names aside", () => {
  const deployment = deploymentOf({});
  const expected = tutorialWith({
    MY_LOCATION: 'canadacentral',
    MY_RESOURCE_GROUP_NAME: 'apache-airflow-rg',
    MY_IDENTITY_NAME: 'airflow-identity-123',
    MY_ACR_REGISTRY: deployment.registryName,
    MY_KEYVAULT_NAME: deployment.keyVaultName,
    MY_CLUSTER_NAME: 'apache-airflow-aks',
    SERVICE_ACCOUNT_NAME: 'airflow',
    SERVICE_ACCOUNT_NAMESPACE: 'airflow',
    AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME: deployment.storageAccountName,
    AKS_AIRFLOW_LOGS_STORAGE_CONTAINER_NAME: 'airflow-logs',
  });
  const commands = azCommands(deployment, { steps: stepsOf(deployment, 'create'), findings: [] });
  expect(commands.filter((line) => !line.startsWith('#'))).toEqual(expected);
});

it('what is unchanged stands in comments; what is only read stays', () => {
  const deployment = deploymentOf({});
  const commands = azCommands(deployment, { steps: stepsOf(deployment, 'unchanged'), findings: [] });
  const live = commands.filter((line) => !line.startsWith('#'));
  expect(live.filter((line) => !/^export \w+=|^az aks get-credentials /.test(line))).toEqual([]);
  expect(commands).toContain('# az group create --name apache-airflow-rg --location canadacentral --output table');
});

it('an update has the commands of its changes', () => {
  const deployment = deploymentOf({ cluster: { nodeCount: 5 } });
  const steps = stepsOf(deployment, 'unchanged', {
    cluster: {
      action: 'update',
      changes: [
        { property: 'cluster.nodeCount', from: '3', to: '5' },
        { property: 'cluster.tier', from: 'Standard', to: 'Premium' },
        { property: 'tags.team', from: 'not set', to: 'data & more' },
        { property: 'provisioningState', from: 'Failed', to: 'Succeeded' },
      ],
    },
    'key-vault': { action: 'update', changes: [{ property: 'recovered', from: 'deleted', to: 'recovered' }] },
  });
  const commands = azCommands(deployment, { steps, findings: [] });
  for (const command of [
    'az aks scale --resource-group apache-airflow-rg --name apache-airflow-aks --node-count 5',
    'az aks update --resource-group apache-airflow-rg --name apache-airflow-aks --tier premium',
    "az tag update --resource-id /id/of/cluster --operation Merge --tags 'team=data & more'",
    '# provisioningState: from Failed to Succeeded',
    `az keyvault recover --name ${deployment.keyVaultName} --location canadacentral`,
  ]) {
    expect(commands).toContain(command);
  }
});

it('values are words of a shell, an image that moved comes from its new place', () => {
  const deployment = deploymentOf({
    resourceGroupName: 'a(b)',
    id: 'ab',
    tags: { owner: "O'Neill" },
    cluster: { zones: [], kubernetesVersion: '1.34' },
  });
  const findings = [finding('source-image-moved', 'gone', 'image:postgresql:16.1.0-debian-11-r15')];
  const text = azCommands(deployment, { steps: stepsOf(deployment, 'create'), findings }).join('\n');
  expect(text).toContain(`az group create --name 'a(b)' --location canadacentral --tags 'owner=O'\\''Neill' --output`);
  expect(text).not.toContain('--zones');
  expect(text).toContain('--kubernetes-version 1.34');
  expect(text).toContain('--source docker.io/bitnamilegacy/postgresql:16.1.0-debian-11-r15');
});

describe('a hardened deployment', () => {
  const deployment = deploymentOf({
    profile: 'hardened',
    images: [{ source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' }],
    cluster: {
      authorizedIpRanges: ['203.0.113.7', '198.51.100.0/24'],
      adminGroupObjectIds: ['AAAAAAAA-0000-4000-8000-000000000001'],
    },
  });
  const DIGEST = `sha256:${'a'.repeat(64)}`;
  const pinned = { changes: [{ property: 'digest', from: 'not set', to: DIGEST }] };

  it('is made by commands that read no key', () => {
    const steps = stepsOf(deployment, 'create', { 'image:airflow:2.9.3': pinned });
    const text = azCommands(deployment, { steps, findings: [] }).join('\n');
    for (const part of [
      ' --enable-rbac-authorization true --enable-purge-protection true ',
      ' --admin-enabled false ',
      ' --min-tls-version TLS1_2 --allow-shared-key-access false ',
      'az storage container-rm create --name airflow-logs --storage-account ',
      ' --role "Storage Blob Data Contributor" --scope $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID ',
      ' --role "Key Vault Secrets User" --scope $KEYVAULTID ',
      ' --enable-aad --enable-azure-rbac --aad-admin-group-object-ids aaaaaaaa-0000-4000-8000-000000000001 --disable-local-accounts --api-server-authorized-ip-ranges 198.51.100.0/24,203.0.113.7/32 ',
      ' --no-ssh-key ',
      '\nkubelogin convert-kubeconfig -l azurecli\n',
      ` --source docker.io/apache/airflow@${DIGEST} --image airflow:2.9.3`,
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/keys list|account-key|keyvault secret set|set-policy/);
  });

  it('lets in the cluster alone when nobody is named', () => {
    const steps = stepsOf(deploymentOf({ profile: 'hardened' }), 'create');
    const text = azCommands(deploymentOf({ profile: 'hardened' }), { steps, findings: [] }).join('\n');
    expect(text).toContain(' --api-server-authorized-ip-ranges 0.0.0.0/32 ');
  });

  it('is reached by commands, one for each change', () => {
    const change = (property: string, to: string) => ({ property, from: 'not set', to });
    const update = (...changes: PlanStep['changes']) => ({ action: 'update' as const, changes });
    const steps = stepsOf(deployment, 'unchanged', {
      'key-vault': update(change('enableRbacAuthorization', 'true'), change('enablePurgeProtection', 'true')),
      registry: update(change('adminUserEnabled', 'false')),
      storage: update(change('minimumTlsVersion', 'TLS1_2'), change('allowSharedKeyAccess', 'false')),
      cluster: update(
        change('aadProfile.managed', 'true'),
        change('aadProfile.enableAzureRBAC', 'true'),
        change('cluster.adminGroupObjectIds', 'a, b'),
        change('disableLocalAccounts', 'true'),
        change('apiServerAccessProfile.authorizedIPRanges', '198.51.100.0/24, 203.0.113.7/32'),
      ),
      'image:airflow:2.9.3': update(change('digest', DIGEST)),
    });
    const live = azCommands(deployment, { steps, findings: [] }).filter((line) => /^az (?!aks get-)/.test(line));
    const aks = 'az aks update --resource-group apache-airflow-rg --name apache-airflow-aks';
    expect(live).toEqual([
      `az keyvault update --name ${deployment.keyVaultName} --enable-rbac-authorization true`,
      `az keyvault update --name ${deployment.keyVaultName} --enable-purge-protection true`,
      `az acr update --name ${deployment.registryName} --admin-enabled false`,
      `az storage account update --name ${deployment.storageAccountName} --min-tls-version TLS1_2`,
      `az storage account update --name ${deployment.storageAccountName} --allow-shared-key-access false`,
      `${aks} --enable-aad`,
      `${aks} --enable-azure-rbac`,
      `${aks} --aad-admin-group-object-ids a,b`,
      `${aks} --disable-local-accounts`,
      `${aks} --api-server-authorized-ip-ranges 198.51.100.0/24,203.0.113.7/32`,
      `az acr import --name ${deployment.registryName} --source docker.io/apache/airflow@${DIGEST} --image airflow:2.9.3 --force`,
    ]);
  });
});

it('a step that was not checked has its commands in comments, and says so', () => {
  const deployment = deploymentOf({});
  const commands = azCommands(deployment, {
    steps: stepsOf(deployment, 'unchanged', { registry: { action: 'unknown' } }),
    findings: [],
  });
  const index = commands.indexOf('# registry was not checked: see what exists before you type this.');
  expect(commands[index + 1]).toMatch(/^# az acr create /);
  expect(commands[index + 2]).toMatch(/^export MY_ACR_REGISTRY_ID=/);
});

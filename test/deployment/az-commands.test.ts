import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { azCommands } from '../../src/deployment/az-commands.ts';
import { deploymentRequestSchema } from '../../src/deployment/deployment-request.ts';
import { finding } from '../../src/deployment/finding.ts';
import type { PlanStep } from '../../src/deployment/plan.ts';
import { plannedSteps } from '../../src/deployment/planned-steps.ts';
import { type Deployment, resolveDeployment } from '../../src/deployment/resolve-deployment.ts';
import type { PlannedAction } from '../../src/deployment/step-look.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

const deploymentOf = (body: object): Deployment => {
  const resolved = resolveDeployment(deploymentRequestSchema.parse(body), SUBSCRIPTION);
  if (!resolved.ok) throw new Error('The request breaks a rule.');
  return resolved.deployment;
};

const stepsOf = (
  deployment: Deployment,
  action: PlannedAction,
  special: Readonly<Record<string, Partial<PlanStep>>> = {},
): PlanStep[] =>
  plannedSteps(deployment).map(({ name, waitsFor }) => ({
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

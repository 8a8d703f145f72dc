import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';
import type { LocatedDeployment } from '../../src/steps/step.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { aLocatedDeployment, GROUP, TENANT, THEIRS, WITH_THEIRS } from '../support/a-located-deployment.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';
import { STEP_VALUES } from '../support/step-values.ts';

/** What each activity of a deployment gets, by the names of the nodes. */
const inputsOf = (deployment: LocatedDeployment): Readonly<Record<string, unknown>> => {
  const names = allSteps.flatMap((step) => step.nodes(deployment)).map(({ name }) => name);
  const values = new Map([...STEP_VALUES].filter(([name]) => names.includes(name)));
  return Object.fromEntries(
    allSteps.flatMap((step) =>
      step.nodes(deployment).map(({ name, inputFor }) => {
        const input = inputFor(deployment, values);
        expect(step.input.parse(input), `the activity of ${name} reads all of its input`).toStrictEqual(input);
        return [name, input];
      }),
    ),
  );
};

const IN_GROUP = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'rg' };
const PLACE = { ...IN_GROUP, location: 'canadacentral', tags: [], deploymentId: 'rg' };
const IN_THEIR_GROUP = { subscriptionId: THEIRS.subscriptionId, resourceGroupName: THEIRS.resourceGroupName };

const TUTORIAL = {
  'resource-group': PLACE,
  identity: { ...PLACE, identityName: 'airflow-identity-123' },
  'key-vault': { ...PLACE, keyVaultName: 'airflow-kv', tenantId: TENANT },
  'ssh-key': { ...IN_GROUP, keyVaultName: 'airflow-kv', clusterName: 'apache-airflow-aks' },
  registry: { ...PLACE, registryName: 'airflowacr' },
  storage: { ...PLACE, storageAccountName: 'airflowlogs' },
  container: { ...IN_GROUP, storageAccountName: 'airflowlogs', storageContainerName: 'airflow-logs' },
  cluster: {
    ...PLACE,
    clusterName: 'apache-airflow-aks',
    tier: 'Standard',
    nodeVmSize: 'Standard_DS4_v2',
    nodeCount: 3,
    zones: ['1', '2', '3'],
    autoUpgradeChannel: 'stable',
    nodeOsUpgradeChannel: 'NodeImage',
    sshPublicKey: 'ssh-rsa GENERATED',
  },
  'image:statsd:v1': {
    ...IN_GROUP,
    registryName: 'airflowacr',
    loginServer: 'airflowacr.azurecr.io',
    source: 'quay.io/prometheus/statsd-exporter:v1',
    image: 'statsd:v1',
  },
  secrets: { ...IN_GROUP, keyVaultName: 'airflow-kv', storageAccountName: 'airflowlogs' },
  'acr-pull': { subscriptionId: SUBSCRIPTION, registryId: '/registry', principalId: 'kubelet' },
  'vault-access': { ...IN_GROUP, keyVaultName: 'airflow-kv', tenantId: TENANT, principalId: 'principal' },
  'federated-credential': {
    ...IN_GROUP,
    identityName: 'airflow-identity-123',
    credentialName: 'external-secret-operator',
    issuer: 'https://issuer.example/',
    subject: 'system:serviceaccount:airflow:airflow',
  },
  connect: { ...IN_GROUP, clusterName: 'apache-airflow-aks', nodeCount: 5 },
};

describe('the activities get', () => {
  it("the tutorial's names and settings", () => {
    expect(inputsOf(aLocatedDeployment())).toStrictEqual(TUTORIAL);
  });

  it('the tags, and who asked, with what is created', () => {
    const deployment = { ...aLocatedDeployment({ tags: { team: 'data' } }), requestedBy: 'me' };
    const marked = { tags: [['team', 'data']], requestedBy: 'me' };
    expect(inputsOf(deployment)).toStrictEqual({
      ...TUTORIAL,
      'resource-group': { ...TUTORIAL['resource-group'], ...marked },
      identity: { ...TUTORIAL.identity, ...marked },
      'key-vault': { ...TUTORIAL['key-vault'], ...marked },
      registry: { ...TUTORIAL.registry, ...marked },
      storage: { ...TUTORIAL.storage, ...marked },
      cluster: { ...TUTORIAL.cluster, ...marked },
    });
  });

  it('that the deployment is hardened, and nothing that keeps a key', () => {
    const cluster = {
      authorizedIpRanges: ['198.51.100.0/24'],
      adminGroupObjectIds: ['aaaaaaaa-0000-4000-8000-000000000001'],
    };
    const { 'ssh-key': _, secrets: __, ...tutorial } = TUTORIAL;
    const { sshPublicKey: ___, ...unhardened } = TUTORIAL.cluster;
    expect(inputsOf(aLocatedDeployment({ profile: 'hardened', cluster }))).toStrictEqual({
      ...tutorial,
      'key-vault': { ...TUTORIAL['key-vault'], hardened: true },
      registry: { ...TUTORIAL.registry, hardened: true },
      storage: { ...TUTORIAL.storage, hardened: true },
      cluster: { ...unhardened, ...cluster, hardened: true },
      'image:statsd:v1': { ...TUTORIAL['image:statsd:v1'], pinned: true },
      'vault-access': { ...TUTORIAL['vault-access'], hardened: true },
      'logs-access': {
        subscriptionId: SUBSCRIPTION,
        accountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/airflowlogs`,
        principalId: 'principal',
      },
      connect: { ...TUTORIAL.connect, hardened: true },
    });
  });

  it('where the registry, the vault and the subnet of somebody else are', () => {
    expect(inputsOf(aLocatedDeployment(WITH_THEIRS))).toStrictEqual({
      ...TUTORIAL,
      'key-vault': { ...TUTORIAL['key-vault'], ...IN_THEIR_GROUP, keyVaultName: 'their-kv', keptByOthers: true },
      'ssh-key': { ...TUTORIAL['ssh-key'], keyVaultName: 'their-kv', vaultGroup: IN_THEIR_GROUP },
      registry: { ...TUTORIAL.registry, ...IN_THEIR_GROUP, registryName: 'theiracr', keptByOthers: true },
      cluster: { ...TUTORIAL.cluster, subnetId: THEIRS.subnetId },
      'image:statsd:v1': { ...TUTORIAL['image:statsd:v1'], ...IN_THEIR_GROUP, registryName: 'theiracr' },
      secrets: { ...TUTORIAL.secrets, keyVaultName: 'their-kv', vaultGroup: IN_THEIR_GROUP },
      'acr-pull': { ...TUTORIAL['acr-pull'], subscriptionId: THEIRS.subscriptionId },
      'network-access': {
        subscriptionId: THEIRS.subscriptionId,
        subnetId: THEIRS.subnetId,
        principalId: 'control-plane',
      },
      'vault-access': { ...TUTORIAL['vault-access'], ...IN_THEIR_GROUP, keyVaultName: 'their-kv' },
    });
  });

  it("that somebody else's vault is not hardened", () => {
    const inputs = inputsOf(aLocatedDeployment({ ...WITH_THEIRS, profile: 'hardened' }));
    expect(inputs['vault-access']).not.toHaveProperty('hardened');
  });

  it("the caller's SSH key in the place of a generated one", () => {
    const sshPublicKey = anSshPublicKey();
    const { 'ssh-key': _, ...others } = TUTORIAL;
    expect(inputsOf(aLocatedDeployment({ cluster: { sshPublicKey } }))).toStrictEqual({
      ...others,
      cluster: { ...TUTORIAL.cluster, sshPublicKey },
    });
  });

  it('the Kubernetes version that the request wants', () => {
    const { cluster } = inputsOf(aLocatedDeployment({ cluster: { kubernetesVersion: '1.34' } }));
    expect(cluster).toStrictEqual({ ...TUTORIAL.cluster, kubernetesVersion: '1.34' });
  });

  it("where the credentials of an image's registry are", () => {
    const credentials = {
      registry: 'quay.io',
      usernameSecretId: 'https://corp-kv.vault.azure.net/secrets/user',
      passwordSecretId: 'https://corp-kv.vault.azure.net/secrets/password',
    };
    const inputs = inputsOf(aLocatedDeployment({ registryCredentials: [credentials] }));
    expect(inputs).toStrictEqual({
      ...TUTORIAL,
      'image:statsd:v1': { ...TUTORIAL['image:statsd:v1'], credentials },
    });
  });

  it('the whole deployment, for a lock', () => {
    const deployment = aLocatedDeployment({ lock: 'CanNotDelete' });
    const { tenantId: _, ...known } = deployment;
    expect(inputsOf(deployment)).toStrictEqual({
      ...TUTORIAL,
      lock: { subscriptionId: SUBSCRIPTION, deployment: known, level: 'CanNotDelete' },
    });
  });
});

it('a role on a subnet cannot be given to a cluster that shows no identity', () => {
  const deployment = aLocatedDeployment(WITH_THEIRS);
  const { controlPlaneObjectId: _, ...cluster } = Object(STEP_VALUES.get('cluster'));
  const [node] = allSteps.flatMap((step) => (step.name === 'network-access' ? step.nodes(deployment) : []));
  expect(() => node?.inputFor(deployment, new Map([['cluster', cluster]]))).toThrow(
    'The cluster showed no identity of its control plane.',
  );
});

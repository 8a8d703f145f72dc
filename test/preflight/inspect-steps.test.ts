import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/deployment/request/resolve-deployment.ts';
import { inspectSteps } from '../../src/preflight/inspect-steps.ts';
import { graphOf } from '../../src/steps/graph.ts';
import { aCluster } from '../activities/a-cluster.ts';
import { RESOURCES, scriptGroup } from '../activities/a-group.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { THEIRS } from '../support/a-located-deployment.ts';
import { deploymentAir } from '../support/call-activity.ts';
import { type Answer, azureError, NOT_FOUND, SCRIPTED_TENANT_ID, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GET_SUBSCRIPTION = `GET /subscriptions/${SUBSCRIPTION}`;
const NAMES = ['identity', 'key-vault', 'registry', 'storage', 'cluster'] as const;
type Name = (typeof NAMES)[number];

const images = [{ source: 'quay.io/prometheus/statsd-exporter:v1', image: 'statsd:v1' }];

/** Every choice of resources in a group. */
const SUBSETS = Array.from({ length: 2 ** NAMES.length }, (_, bits) => NAMES.filter((_, index) => bits & (1 << index)));

const ROLES = '/providers/Microsoft.Authorization/roleAssignments';

/** A resource as the clients can read it, with what steps take from it. */
const bodyOf = (name: Exclude<Name, 'cluster'>): object =>
  ({
    identity: { properties: { principalId: 'p', clientId: 'c' } },
    'key-vault': {
      properties: {
        tenantId: SCRIPTED_TENANT_ID,
        sku: { family: 'A', name: 'standard' },
        vaultUri: 'https://kvair.vault.azure.net/',
      },
    },
    registry: { sku: { name: 'Premium' }, properties: { loginServer: 'regair.azurecr.io' } },
    storage: { sku: { name: 'Standard_ZRS' }, properties: {} },
  })[name];

/** The group with some of its resources. What is inside of one that is there is missing; what is inside of none is asked of nobody. */
const script = (there: readonly Name[], group: object | undefined, deletedVault?: object): void => {
  scriptGroup(azure, {
    ...(group && { group }),
    resources: there.includes('cluster') ? { cluster: {} } : {},
    ...(deletedVault && { deletedVault }),
  });
  azure.on(GET_SUBSCRIPTION, { body: { tenantId: SCRIPTED_TENANT_ID } });
  for (const name of NAMES) {
    const { resourceId } = RESOURCES[name];
    if (name !== 'cluster' && there.includes(name))
      azure.on(`GET ${resourceId}`, { body: { id: resourceId, location: 'canadacentral', ...bodyOf(name) } });
    // As Azure answers for what is on a resource that does not exist.
    azure.on(`GET ${resourceId}${ROLES}`, there.includes(name) ? { body: { value: [] } } : NOT_FOUND);
  }
  const { storage, 'key-vault': vault, identity } = RESOURCES;
  azure.on(`GET ${storage.resourceId}/blobServices/default/containers/airflow-logs`, NOT_FOUND);
  azure.on(`GET ${identity.resourceId}/federatedIdentityCredentials/external-secret-operator`, NOT_FOUND);
  for (const secret of [
    'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME',
    'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY',
    'aks-ssh-private-key',
  ]) {
    azure.on(`GET ${vault.resourceId}/secrets/${secret}`, NOT_FOUND);
  }
  azure.on('POST https://regair.azurecr.io/oauth2/exchange', { body: { refresh_token: 'r' } });
  azure.on('POST https://regair.azurecr.io/oauth2/token', { body: { access_token: 'a' } });
  azure.on('HEAD https://regair.azurecr.io/v2/statsd/manifests/v1', 404);
  azure.on('HEAD https://quay.io/v2/prometheus/statsd-exporter/manifests/v1', {
    headers: { 'docker-content-digest': 'sha256:1' },
  });
};

const PROFILES: Record<string, object> = {
  tutorial: { images },
  hardened: { images, profile: 'hardened' },
  'with a lock': { images, lock: 'CanNotDelete' },
};

const actionsOf = async (deployment: Deployment) =>
  new Map([...(await inspectSteps(deployment))].map(([name, { action }]) => [name, action]));

describe.each(Object.entries(PROFILES))('a plan of a deployment, %s', (_, body) => {
  const deployment = deploymentAir(body);
  const all = graphOf(deployment).all.map(({ name }) => name);

  it.each(SUBSETS.map((there) => [there.join(', ') || 'nothing', there] as const))(
    'says of a group with %s what is there and what is not',
    async (_, there) => {
      script(there, {});
      const actions = await actionsOf(deployment);
      expect([...actions.keys()]).toEqual(all);
      expect([...actions.values()]).not.toContain('unknown');
      for (const name of NAMES) expect([name, actions.get(name) === 'create']).toEqual([name, !there.includes(name)]);
    },
  );

  it.each([
    ['that does not exist', undefined, undefined, 'create'],
    ['that is empty', {}, undefined, 'create'],
    ['whose vault was deleted by somebody else', {}, { other: 'tags' }, 'create'],
    ['whose vault was deleted and can come back', {}, { 'airflow-on-aks-deployment': 'air' }, 'update'],
  ])('says of a group %s that all is to be made', async (_, group, deletedVault, vaultAction) => {
    script([], group);
    azure.on(
      `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`,
      deletedVault
        ? {
            body: {
              properties: {
                vaultId: vaultAction === 'update' ? RESOURCES['key-vault'].resourceId : '/other',
                tags: deletedVault,
              },
            },
          }
        : NOT_FOUND,
    );
    const actions = await actionsOf(deployment);
    expect([...actions.values()]).not.toContain('unknown');
    expect(actions.get('key-vault')).toBe(vaultAction);
  });
});

it('a cluster that somebody made without an OIDC issuer is to be changed, and what takes its value waits for that', async () => {
  script(NAMES, {});
  azure.on(`GET ${RESOURCES.cluster.resourceId}`, { body: aCluster({ oidcIssuerProfile: { enabled: false } }) });
  const actions = await actionsOf(deploymentAir({ images }));
  expect([...actions.values()]).not.toContain('unknown');
  expect([actions.get('cluster'), actions.get('acr-pull')]).toEqual(['update', 'create']);
});

it('a deleted vault is looked for in no subscription that is not registered for vaults', async () => {
  script([], {});
  azure.on(
    `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`,
    azureError(409, 'MissingSubscriptionRegistration', 'Not registered.'),
  );
  expect((await actionsOf(deploymentAir({ images }))).get('key-vault')).toBe('create');
});

/** What answers a read, by the step that it is of. */
const READS: Record<string, string> = {
  'resource-group': 'GET /subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg',
  ...Object.fromEntries(NAMES.map((name) => [name, `GET ${RESOURCES[name].resourceId}`])),
  container: `GET ${RESOURCES.storage.resourceId}/blobServices/default/containers/airflow-logs`,
  'image:statsd:v1': 'HEAD https://regair.azurecr.io/v2/statsd/manifests/v1',
};

/** The steps that take a value of it. */
const DEPENDENTS: Record<string, readonly string[]> = {
  cluster: ['acr-pull', 'connect', 'federated-credential', 'ssh-key'],
  identity: ['vault-access'],
  'key-vault': ['vault-access'],
  registry: ['acr-pull', 'image:statsd:v1'],
  storage: ['secrets'],
};

describe('a step that cannot be read', () => {
  const refusals: Record<string, Answer> = {
    'is forbidden': azureError(403, 'AuthorizationFailed', 'You may not.'),
    'is throttled for a long time': {
      ...Object(azureError(429, 'TooManyRequests', 'Later.')),
      headers: { 'retry-after': '600' },
    },
  };
  const cases = Object.keys(READS).flatMap((step) =>
    Object.entries(refusals).map(([why, answer]) => [step, why, answer] as const),
  );

  it.each(cases)(
    '%s, as it %s, is unknown and says why; only what takes its value is unknown too',
    async (step, _, answer) => {
      script(NAMES, {});
      azure.on(READS[step] ?? '', answer);
      const found = await inspectSteps(deploymentAir({ images }));
      const { code } = Object(Object(answer).body).error ?? {};
      const own = found.get(step);
      expect(own).toMatchObject({ action: 'unknown', changes: [], note: expect.stringMatching(/^Not checked: .+/) });
      if (code !== undefined && !step.startsWith('image')) expect(own?.note).toContain(code);
      const unknown = [...found].filter(([, { action }]) => action === 'unknown').map(([name]) => name);
      expect(unknown.toSorted()).toEqual([step, ...(DEPENDENTS[step] ?? [])].toSorted());
    },
  );

  it('of a subscription whose tenant is not known makes all unknown, with the reason', async () => {
    script(NAMES, {});
    azure.on(GET_SUBSCRIPTION, azureError(404, 'SubscriptionNotFound', 'None such.'));
    const found = [...(await inspectSteps(deploymentAir({ images }))).values()];
    expect(new Set(found.map(({ action }) => action))).toEqual(new Set(['unknown']));
    expect(found[0]?.note).toContain('SubscriptionNotFound: None such. Check `subscriptionId`');
  });

  it('of somebody else is unknown, and the own ones are read', async () => {
    script(NAMES, {});
    azure.on(`GET ${THEIRS.registryId}`, azureError(403, 'AuthorizationFailed', 'You may not.'));
    const found = await inspectSteps(
      deploymentAir({ images, registryName: undefined, existing: { registryId: THEIRS.registryId } }),
    );
    const unknown = [...found].filter(([, { action }]) => action === 'unknown').map(([name]) => name);
    expect(unknown.toSorted()).toEqual(['acr-pull', 'image:statsd:v1', 'registry']);
  });
});

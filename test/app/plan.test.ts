import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/deployment/plan/plan.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

/** Each test has a resource group of its own, since the task hub remembers the others. */
beforeEach(() => {
  world.azure.reset();
  id = `plan-${nextId++}`;
});

const bodyOf = (body: object) => ({ resourceGroupName: id, ...body });

const deploy = (body: object = {}) => world.deploy(bodyOf(body));

const plan = async (body: object = {}): Promise<Plan> => {
  const response = await world.post(bodyOf(body), '/api/plans');
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  const parsed: Plan = JSON.parse(text);
  return parsed;
};

const actionsOf = ({ steps }: Plan) => Object.fromEntries(steps.map(({ name, action }) => [name, action]));

const ACTION_OF_CHANGE: Record<string, string> = { created: 'create', updated: 'update', unchanged: 'unchanged' };

/** The request that the simulator sees from somebody else on one of the deployment's resources. */
const elsewhere = async (method: 'DELETE' | 'PATCH', url: string, body?: object): Promise<void> => {
  const { status } = await world.azure.somebodyElse(method, url, body);
  expect(status).toBeLessThan(300);
};

const vaultUri = (): string => String(world.azure.the('Microsoft.KeyVault/vaults')?.properties?.vaultUri);

describe('a plan', () => {
  it('of a first deployment creates everything, in the planned order, and knows the way that takes longest', async () => {
    const { steps, summary, names, criticalPath, ...rest } = await plan();
    expect(rest.id).toBe(id);
    expect(rest.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(names).toMatchObject({ resourceGroupName: id, clusterName: 'apache-airflow-aks' });
    expect(summary).toEqual({ create: 18, update: 0, unchanged: 1, unknown: 0 });
    expect(steps.find(({ name }) => name === 'cluster')).toMatchObject({
      action: 'create',
      waitsFor: ['ssh-key'],
      critical: true,
      resourceId: expect.stringMatching(/\/managedClusters\/apache-airflow-aks$/),
    });
    expect(steps.find(({ name }) => name === 'vault-access')?.note).toContain('known after the step identity');
    expect(criticalPath.steps).toEqual(['resource-group', 'key-vault', 'ssh-key', 'cluster', 'secrets', 'connect']);
    const seconds = steps.filter(({ critical }) => critical).reduce((sum, step) => sum + step.usualSeconds, 0);
    expect(criticalPath.usualSeconds).toBe(seconds);
  });

  it('changes nothing: it only reads, and asks what POST asks for', async () => {
    await deploy();
    const resources = JSON.stringify(world.azure.simulator.resources());
    const before = world.azure.simulator.requests().length;
    await plan({ cluster: { nodeCount: 5 }, tags: { a: '1' } });
    await world.post({ resourceGroupName: `${id}-other` }, '/api/plans');
    const sent = world.azure.simulator.requests().slice(before);
    const asking = /\/(checkNameAvailability|checkPolicyRestrictions)\?|\/oauth2\/(exchange|token)$/;
    expect(sent.filter(({ method, url }) => !/^(GET|HEAD)$/.test(method) && !asking.test(url))).toEqual([]);
    expect(sent.filter(({ url }) => /listKeys|listClusterUserCredential/i.test(url))).toEqual([]);
    expect(JSON.stringify(world.azure.simulator.resources())).toBe(resources);
    const list = await world.fetch('/api/deployments');
    expect(await list.text()).not.toContain(`${id}-other`);
  });

  it('of a body that breaks a rule is refused like the POST', async () => {
    const response = await world.post({ cluster: { nodeCount: 0 } }, '/api/plans');
    expect(response.status).toBe(400);
    expect(JSON.parse(await response.text()).errors).toEqual([
      { field: 'cluster.nodeCount', message: 'must be at least 1' },
    ]);
    expect((await world.post({}, '/api/plans?commands=bash')).status).toBe(400);
  });

  it('of what cannot be read says of each step why, and of the others what it would do', async () => {
    await world.azure.fail({
      method: 'GET',
      path: '/managedClusters/',
      times: 10,
      action: { answer: { status: 403, body: { code: 'AuthorizationFailed', message: 'You may not.' } } },
    });
    const planned = await plan({ images: [] });
    await world.azure.heal();
    const unread = ['ssh-key', 'cluster', 'acr-pull', 'federated-credential', 'connect'];
    for (const { name, action, note } of planned.steps) {
      expect([name, action]).toEqual([name, unread.includes(name) ? 'unknown' : 'create']);
      if (unread.includes(name)) expect(note).toContain('AuthorizationFailed: You may not.');
    }
    expect(planned.summary).toEqual({
      create: planned.steps.length - unread.length,
      update: 0,
      unchanged: 0,
      unknown: 5,
    });
    // What may have to be made counts as if it had to be.
    expect(planned.criticalPath.steps).toContain('cluster');
  });
});

describe('what a plan says is what the run does', () => {
  /** What happened to the world between a first deployment and the second. */
  interface World {
    readonly before?: () => Promise<unknown>;
    readonly meanwhile?: () => Promise<unknown>;
    readonly body?: object;
  }

  const worlds: Record<string, World> = {
    'after the cluster failed': {
      before: () =>
        world.azure.fail({
          method: 'PUT',
          path: '/managedClusters/',
          action: { failOperation: { code: 'PublicIPCountLimitReached', message: 'No more addresses.' } },
        }),
    },
    'after a success': {},
    'with another node count, tier and tags': {
      body: { cluster: { nodeCount: 4, tier: 'Premium' }, tags: { team: 'data' } },
    },
    'with a newer channel and one image more': {
      body: {
        cluster: { autoUpgradeChannel: 'patch' },
        images: [{ source: 'quay.io/prometheus/statsd-exporter:v0.28.0', image: 'statsd-exporter:v0.28.0' }],
      },
    },
    'after the role assignment was removed': {
      meanwhile: async () => elsewhere('DELETE', world.azure.requests('PUT', '/roleAssignments/')[0]?.url ?? ''),
    },
    'after the vault was moved to RBAC': {
      meanwhile: async () => {
        const url = `https://management.azure.com${world.azure.the('Microsoft.KeyVault/vaults')?.id}`;
        await elsewhere('PATCH', `${url}?api-version=2026-02-01`, { properties: { enableRbacAuthorization: true } });
        await world.clock.sleep(60_000);
      },
    },
    'after the credential was removed': {
      meanwhile: async () =>
        elsewhere('DELETE', world.azure.requests('PUT', '/federatedIdentityCredentials/')[0]?.url ?? ''),
    },
    'after the account was deleted': {
      meanwhile: async () => {
        const url = `https://management.azure.com${world.azure.the('Microsoft.Storage/storageAccounts')?.id}`;
        await elsewhere('DELETE', `${url}?api-version=2026-09-01`);
      },
    },
    'after the cluster was deleted': {
      meanwhile: async () => {
        const cluster = world.azure.the('Microsoft.ContainerService/managedClusters');
        await elsewhere('DELETE', `https://management.azure.com${cluster?.id}?api-version=2026-06-01`);
        await world.clock.sleep(600_000);
      },
    },
    'after an undo, when the vault can be recovered': {
      meanwhile: async () => {
        await world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
        await world.undone(id);
      },
    },
  };

  it.each(Object.entries(worlds))('%s', async (name, { body = {}, before, meanwhile }) => {
    const images = [{ source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' }];
    await before?.();
    await deploy({ images });
    await meanwhile?.();
    const second = { images, ...body };
    const planned = await plan(second);
    const run = await deploy(second);
    expect(run.status).toBe('Succeeded');
    const changes = Object.fromEntries(
      run.steps.map(({ name: step, change = '' }) => [step, ACTION_OF_CHANGE[change]]),
    );
    // What a recovered vault holds nobody can read before; the plan says so.
    const unknown = planned.steps.filter(({ note }) => note?.includes('it may be there already'));
    expect(unknown.length > 0).toBe(name.includes('recovered'));
    const known = Object.entries(actionsOf(planned)).filter(([step]) => !unknown.some((each) => each.name === step));
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(known.map(([step]) => [step, changes[step]])));
    for (const { name: step, changed } of run.steps) {
      if (changed === undefined || unknown.some((each) => each.name === step)) continue;
      expect(planned.steps.find((each) => each.name === step)?.changes.map(({ property }) => property)).toEqual(
        changed,
      );
    }
    const again = await plan(second);
    expect(again.summary).toMatchObject({ create: 0, update: 0 });
  });

  it('names what changes from what to what', async () => {
    await deploy({ images: [] });
    const { steps, summary, criticalPath } = await plan({
      images: [],
      cluster: { nodeCount: 5 },
      tags: { team: 'data' },
    });
    expect(summary).toMatchObject({ create: 0, update: 6 });
    expect(steps.find(({ name }) => name === 'cluster')?.changes).toEqual([
      { property: 'cluster.nodeCount', from: '3', to: '5' },
      { property: 'tags.team', from: 'not set', to: 'data' },
    ]);
    expect(criticalPath.steps).toContain('cluster');
  });

  it('shows of a key no more than its fingerprint, and of a secret which value it holds', async () => {
    const { anSshPublicKey } = await import('../support/an-ssh-public-key.ts');
    await deploy({ images: [] });
    await elsewhere('DELETE', `${vaultUri()}secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME?api-version=7.5`);
    const planned = await plan({ images: [], cluster: { sshPublicKey: anSshPublicKey() } });
    const text = JSON.stringify(planned);
    for (const { value } of world.azure.simulator.secrets()) expect(text).not.toContain(value);
    expect(planned.steps.find(({ name }) => name === 'cluster')?.changes).toEqual([
      {
        property: 'cluster.sshPublicKey',
        from: expect.stringMatching(/^SHA256:[\w+/]{43}$/),
        to: expect.stringMatching(/^SHA256:[\w+/]{43}$/),
      },
    ]);
    expect(planned.steps.find(({ name }) => name === 'secrets')?.action).toBe('create');
  });

  it('says that Azure is at work, and what cannot be changed', async () => {
    await deploy({ images: [] });
    const { steps, findings } = await plan({ images: [], cluster: { nodeVmSize: 'Standard_D4s_v5' } });
    expect(steps.find(({ name }) => name === 'cluster')).toMatchObject({
      changes: [{ property: 'cluster.nodeVmSize', from: 'Standard_DS4_v2', to: 'Standard_D4s_v5' }],
      note: 'cluster.nodeVmSize cannot be changed.',
    });
    expect(findings).toMatchObject([{ rule: 'immutable-difference', severity: 'error', step: 'cluster' }]);
  });
});

describe('planHash', () => {
  it('starts the deployment that was reviewed, and is no part of what is wanted', async () => {
    const { hash } = await plan({ images: [] });
    expect((await plan({ images: [] })).hash).toBe(hash);
    const response = await world.post(bodyOf({ images: [], planHash: hash }));
    expect(response.status).toBe(202);
    // This very deployment has changed Azure: the same body without the hash, or with it, is still the same request.
    expect((await world.post(bodyOf({ images: [] }))).status).toBe(202);
    expect((await world.post(bodyOf({ images: [], planHash: hash }))).status).toBe(202);
    expect((await world.ended(id)).status).toBe('Succeeded');
  });

  it('of what has changed in Azure is refused, with what changed and the hash of today', async () => {
    await deploy({ images: [] });
    const { hash } = await plan({ images: [] });
    await elsewhere('DELETE', world.azure.requests('PUT', '/roleAssignments/')[0]?.url ?? '');
    const response = await world.post(bodyOf({ images: [], planHash: hash }));
    const problem = JSON.parse(await response.text());
    expect(response.status).toBe(409);
    expect(problem).toMatchObject({ type: 'urn:airflow-on-aks:problem:plan-outdated', id, moved: ['acr-pull'] });
    expect(problem.planHash).toBe((await plan({ images: [] })).hash);
    expect((await world.status(id)).earlierRuns).toEqual([]);
    expect((await world.post(bodyOf({ images: [], planHash: problem.planHash }))).status).toBe(202);
    expect((await world.ended(id)).status).toBe('Succeeded');
  });

  it('of another body is refused', async () => {
    const { hash } = await plan({ images: [] });
    const response = await world.post(bodyOf({ images: [], tags: { a: '1' }, planHash: hash }));
    expect(response.status).toBe(409);
    expect(JSON.parse(await response.text()).moved).toEqual(['request']);
    expect((await world.post(bodyOf({ planHash: 'abc' }))).status).toBe(400);
  });

  it('approves nothing that was not read: neither the hash of such a plan, nor another one while it cannot be read', async () => {
    const whole = await plan({ images: [] });
    const hidden = {
      method: 'GET',
      path: '/userAssignedIdentities/',
      times: 1000,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'You may not.' } },
    } as const;
    await world.azure.fail(hidden);
    const partly = await plan({ images: [] });
    for (const planHash of [whole.hash, partly.hash]) {
      const response = await world.post(bodyOf({ images: [], planHash }));
      expect(response.status).toBe(409);
      expect(JSON.parse(await response.text())).toMatchObject({
        type: 'urn:airflow-on-aks:problem:plan-incomplete',
        id,
        unchecked: expect.arrayContaining(['identity', 'vault-access']),
        detail: expect.stringContaining('AuthorizationFailed: You may not.'),
      });
    }
    await world.azure.heal();
    const response = await world.post(bodyOf({ images: [], planHash: partly.hash }));
    expect(response.status).toBe(409);
    expect(JSON.parse(await response.text()).moved).toContain('identity');
    expect((await world.post(bodyOf({ images: [], planHash: whole.hash }))).status).toBe(202);
    expect((await world.ended(id)).status).toBe('Succeeded');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultInput } from '../../local/azure-simulator/azure-simulator.ts';
import { TestWorld } from '../support/world.ts';

let world: TestWorld;

beforeAll(async () => {
  // A cluster that takes as long as usual is polled often.
  world = await TestWorld.start({ durationFactor: 1 });
});

afterAll(() => world.close());

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `fault-${nextId++}`;
});

const deploy = (body: object = {}) => world.deploy({ resourceGroupName: id, images: [], ...body });

const fault = (method: string, path: string, action: FaultInput['action'], times = 1) =>
  world.azure.fail({ method, path, times, action });

describe('what passes is retried durably', () => {
  it.each<readonly [string, FaultInput['action']]>([
    [
      'throttled with Retry-After',
      {
        answer: {
          status: 429,
          code: 'SubscriptionRequestsThrottled',
          message: 'later',
          headers: { 'retry-after': '17' },
        },
      },
    ],
    ['an internal error', { answer: { status: 500, code: 'InternalServerError', message: 'oops' } }],
    ['a gateway error in HTML', { answer: { status: 503, body: '<html>503</html>' } }],
    ['a connection dropped before the change', { drop: 'before' }],
    ['a connection dropped after the change', { drop: 'after' }],
  ])('%s, at the PUT of the registry', async (_, action) => {
    await fault('PUT', '/registries/', action);
    const deployment = await deploy();
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.steps.find(({ name }) => name === 'registry')?.attempts).toBe(2);
  });

  it("waits as long as the service's Retry-After says", async () => {
    await fault('PUT', '/registries/', {
      answer: { status: 429, code: 'TooManyRequests', message: 'later', headers: { 'retry-after': '100' } },
    });
    await deploy();
    const [first, second] = world.azure.requests('PUT', '/registries/').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(100_000);
  });

  it('a create whose answer was lost is not sent again: the cluster is found at work', async () => {
    await fault('PUT', '/managedClusters/', { drop: 'after' });
    expect((await deploy()).status).toBe('Succeeded');
    expect(world.azure.requests('PUT', '/managedClusters/')).toHaveLength(1);
  });

  it('a poll that cannot be answered says nothing of the operation', async () => {
    await fault('GET', 'asyncoperations', { answer: { status: 500, code: 'InternalServerError', message: 'oops' } }, 2);
    expect((await deploy()).status).toBe('Succeeded');
    expect(
      world.azure.requests('PUT', '/storageAccounts/airflowsasa').filter(({ url }) => !url.includes('containers')),
    ).toHaveLength(1);
  });

  it("Docker Hub's limit holds up one image and not the others", async () => {
    const body = {
      images: [
        { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' },
        { source: 'quay.io/prometheus/statsd-exporter:v0.26.1', image: 'statsd-exporter:v0.26.1' },
      ],
    };
    await fault('POST', '/importImage', {
      failOperation: {
        status: 400,
        code: 'InvalidParameters',
        message: 'TOOMANYREQUESTS: You have reached your unauthenticated pull rate limit.',
      },
    });
    const deployment = await deploy(body);
    expect(deployment.status).toBe('Succeeded');
    const minutes = deployment.steps
      .filter(({ name }) => name.startsWith('image:'))
      .map(({ startedAt = '', endedAt = '' }) => (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000);
    expect(minutes[0]).toBeGreaterThan(15);
    expect(minutes[1]).toBeLessThan(5);
  });

  it('errors of single polls do not add up: a slow cluster may meet many', async () => {
    const error = { answer: { status: 502, code: 'BadGateway', message: 'oops' } };
    for (const nth of [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]) {
      await world.azure.fail({ method: 'GET', path: '/managedClusters/', nth, action: error });
    }
    const deployment = await deploy();
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.steps.find(({ name }) => name === 'cluster')?.attempts).toBeGreaterThan(8);
  });

  it('a resource group that does not show everywhere yet', async () => {
    await fault('PUT', '/registries/', {
      answer: { status: 404, code: 'ResourceGroupNotFound', message: 'not there' },
    });
    expect((await deploy()).status).toBe('Succeeded');
  });

  it('images that wait for a limit do not hold up those that have not begun', async () => {
    vi.stubEnv('IMAGE_IMPORT_CONCURRENCY', '1');
    const limit = { status: 400, code: 'InvalidParameters', message: 'TOOMANYREQUESTS: pull rate limit' };
    await fault('POST', '/importImage', { failOperation: limit });
    const deployment = await deploy({ images: undefined });
    vi.unstubAllEnvs();
    expect(deployment.status).toBe('Succeeded');
    const ends = deployment.steps
      .filter(({ name }) => name.startsWith('image:'))
      .map(({ endedAt = '' }) => Date.parse(endedAt));
    const start = Date.parse(deployment.steps[0]?.startedAt ?? '');
    expect(ends.filter((end) => end - start > 15 * 60_000)).toHaveLength(1);
  });

  it('a resource provider that is not registered is registered', async () => {
    await fault('PUT', '/managedClusters/', {
      answer: {
        status: 409,
        body: {
          error: {
            code: 'MissingSubscriptionRegistration',
            message: "The subscription is not registered to use namespace 'Microsoft.ContainerService'.",
            details: [{ code: 'MissingSubscriptionRegistration', target: 'Microsoft.ContainerService', message: 'x' }],
          },
        },
      },
    });
    expect((await deploy()).status).toBe('Succeeded');
    expect(world.azure.requests('POST', '/providers/Microsoft.ContainerService/register')).toHaveLength(1);
  });
});

describe('what does not pass fails the deployment, with what Azure said and what to do', () => {
  it('a role that may not assign roles, before anything is created', async () => {
    await world.azure.giveRoles(['Contributor']);
    const deployment = await deploy();
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'preflight', code: 'PreflightFailed' } });
    expect(deployment.error?.message).toContain('Microsoft.Authorization/roleAssignments/write (acr-pull)');
    expect(deployment.error?.remedy).toContain('Role Based Access Control Administrator');
    expect(world.azure.requests('PUT', '')).toEqual([]);
    expect(new Set(deployment.steps.map(({ state }) => state))).toEqual(new Set(['Skipped']));
  });

  it('only a warning where the check itself is refused', async () => {
    await fault('GET', 'Microsoft.Authorization/', {
      answer: { status: 403, code: 'AuthorizationFailed', message: 'no' },
    });
    const deployment = await deploy();
    expect(deployment.status).toBe('Succeeded');
    expect(deployment.warnings.join()).toContain('could not be checked');
  });

  it("a quota: Azure's code and message, a remedy, and the other branches settle", async () => {
    await fault('PUT', '/managedClusters/', {
      answer: {
        status: 400,
        body: {
          code: 'ErrCode_InsufficientVCPUQuota',
          message: 'Insufficient vcpu quota requested 24, remaining 10',
          details: null,
        },
      },
    });
    const deployment = await deploy();
    expect(deployment).toMatchObject({
      status: 'Failed',
      error: {
        step: 'cluster',
        code: 'ErrCode_InsufficientVCPUQuota',
        message: 'Insufficient vcpu quota requested 24, remaining 10',
      },
    });
    expect(deployment.error?.remedy).toContain('quota');
    const states = new Map(deployment.steps.map(({ name, state }) => [name, state]));
    expect([states.get('container'), states.get('registry'), states.get('acr-pull')]).toEqual([
      'Succeeded',
      'Succeeded',
      'Skipped',
    ]);

    const result = await world.fetch(`/api/deployments/${id}/result`);
    expect(result.status).toBe(422);
    expect(JSON.parse(await result.text())).toMatchObject({
      status: 422,
      error: { code: 'ErrCode_InsufficientVCPUQuota' },
    });
  });

  it('an operation that never ends: the deadline of its step', async () => {
    await fault('PUT', '/managedClusters/', { hangOperation: true });
    const deployment = await deploy();
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'cluster', code: 'StepDeadlineExceeded' } });
  });

  it('an image that is nowhere', async () => {
    const deployment = await deploy({
      images: [{ source: 'docker.io/apache/nothing:1', image: 'nothing:1' }],
      skipPreflight: true,
    });
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'image:nothing:1' } });
    expect(deployment.error?.remedy).toContain('images');
  });

  it('as many images as are allowed, all of them nowhere: each with its own error', async () => {
    const images = Array.from({ length: 30 }, (_, index) => {
      const name = `${'n'.repeat(100)}${index}`;
      return { source: `docker.io/apache/${name}:1`, image: `${name}:1` };
    });
    const deployment = await deploy({ images, skipPreflight: true });
    expect(deployment).toMatchObject({ status: 'Failed', error: { code: 'InvalidParameters' } });
    const states = deployment.steps.filter(({ name }) => name.startsWith('image:')).map(({ state }) => state);
    expect(states).toEqual(images.map(() => 'Failed'));
  });

  it('a provider that the service may not register, at once', async () => {
    const code = 'MissingSubscriptionRegistration';
    const message = "The subscription is not registered to use namespace 'Microsoft.ContainerService'.";
    await fault('PUT', '/managedClusters/', { answer: { status: 409, code, message } });
    await fault('POST', '/register', { answer: { status: 403, code: 'AuthorizationFailed', message: 'no' } });
    const deployment = await deploy();
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'cluster', code } });
    expect(deployment.error?.remedy).toContain('az provider register');
  });

  it('a subscription that is not there', async () => {
    const deployment = await deploy({ subscriptionId: '99999999-0000-4000-8000-000000000000' });
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'preflight', code: 'PreflightFailed' } });
    expect(deployment.error?.message).toContain('subscription-not-found: AzureCloud has no subscription 99999999');
    expect(deployment.error?.remedy).toContain('subscriptionId');
  });

  it('a subscription that is not there, without the preflight', async () => {
    const deployment = await deploy({ subscriptionId: '99999999-0000-4000-8000-000000000000', skipPreflight: true });
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'preflight', code: 'SubscriptionNotFound' } });
    expect(deployment.error?.remedy).toContain('subscriptionId');
  });

  it('Azure out of reach: after its retries, with where to check', async () => {
    await fault('GET', '/subscriptions/', { drop: 'before' }, 1000);
    const deployment = await deploy();
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'preflight' } });
    expect(deployment.error?.remedy).toContain('AZURE_SIMULATOR_URL');
  });

  it('a vault name that somebody else has', async () => {
    await fault('PUT', '/vaults/', {
      answer: { status: 409, code: 'VaultAlreadyExists', message: 'The vault name is already in use.' },
    });
    const deployment = await deploy();
    expect(deployment).toMatchObject({ status: 'Failed', error: { step: 'key-vault', code: 'VaultAlreadyExists' } });
    expect(deployment.error?.remedy).toContain('keyVaultName');
  });
});

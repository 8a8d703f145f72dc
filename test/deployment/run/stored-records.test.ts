import { describe, expect, it } from 'vitest';
import { storedActorSchema } from '../../../src/deployment/run/actor.ts';
import { recordOf, runIdOf, statedRunOf, UNKNOWN_RUN } from '../../../src/deployment/run/deployment-record.ts';
import { storedDeploymentSchema } from '../../../src/deployment/run/stored-deployment.ts';
import { driftOf, driftReportFor, storedDriftFoundSchema } from '../../../src/deployment/run/stored-drift.ts';
import {
  expiryViewOf,
  storedExpiryChangeSchema,
  storedExpirySchema,
} from '../../../src/deployment/run/stored-expiry.ts';
import { storedRunSchema } from '../../../src/deployment/run/stored-run.ts';
import { storedResultSchema, storedStatusSchema } from '../../../src/deployment/run/stored-status.ts';
import { requesterOf, storedUndoSchema } from '../../../src/deployment/run/stored-undo.ts';
import { aDeployment, SUBSCRIPTION } from '../../support/a-deployment.ts';
import { anInstance } from '../../support/an-instance.ts';

const ada = { id: 'object-id', name: 'Ada', kind: 'user' };
const error = { step: 'cluster', code: 'Conflict', message: 'Busy.', class: 'busy', remedy: 'Wait.' };

const earlier = {
  run: 'r0',
  status: 'Failed',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:10:00Z',
  error: 'Conflict',
  requestedBy: ada,
};

/** What every release knows a deployment by. */
const essentials = { id: 'a', subscriptionId: SUBSCRIPTION, resourceGroupName: 'apache-airflow-rg' };

const full = aDeployment({
  id: 'a',
  profile: 'hardened',
  location: 'eastus',
  lock: 'CanNotDelete',
  tags: { env: 'test' },
  correlationId: 'c1',
  keyVaultName: 'my-vault',
  registryName: 'myregistry',
  storageAccountName: 'mystorage',
  cluster: {
    tier: 'Free',
    nodeVmSize: 'Standard_D2',
    nodeCount: 1,
    zones: [],
    autoUpgradeChannel: 'none',
    nodeOsUpgradeChannel: 'None',
    kubernetesVersion: '1.34',
    authorizedIpRanges: ['203.0.113.7/32'],
    adminGroupObjectIds: [SUBSCRIPTION],
  },
  existing: {
    subnetId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s`,
  },
  images: [{ source: 'docker.io/a/b:1', image: 'b:1' }],
  registryCredentials: [
    {
      registry: 'docker.io',
      usernameSecretId: 'https://abc.vault.azure.net/secrets/u',
      passwordSecretId: 'https://abc.vault.azure.net/secrets/p',
    },
  ],
  ...Object.fromEntries(
    ['identityName', 'storageContainerName', 'storageSecretName', 'clusterName', 'serviceAccountName'].map((field) => [
      field,
      'other',
    ]),
  ),
  ...Object.fromEntries(
    ['serviceAccountNamespace', 'airflowNamespace', 'airflowClusterName'].map((field) => [field, 'another']),
  ),
});

describe('a deployment that another release stored', () => {
  it('is read whole, with what this release does not know', () => {
    const stored = { ...full, requestedBy: 'object-id', colour: 'blue' };
    expect(storedDeploymentSchema.parse(stored)).toEqual(stored);
  });

  it('is the tutorial in all that it does not say', () => {
    expect(storedDeploymentSchema.parse(essentials)).toEqual(aDeployment({ id: 'a' }));
  });

  it('may break every rule of today', () => {
    const odd = {
      location: 'the moon',
      keyVaultName: 'a--b',
      lock: 'Always',
      profile: 'airtight',
      tags: [['a/b', '']],
    };
    expect(storedDeploymentSchema.parse({ ...essentials, ...odd })).toMatchObject(odd);
  });

  it.each(['id', 'subscriptionId', 'resourceGroupName'])('is none without %s', (field) => {
    expect(storedDeploymentSchema.safeParse({ ...essentials, [field]: undefined }).success).toBe(false);
  });
});

const run = { run: 'r1', hash: 'h', deployment: full, settings: { imageImportConcurrency: 4 } };

describe.each([
  [
    'a run',
    storedRunSchema,
    {
      ...run,
      schemaVersion: 1,
      skipPreflight: true,
      earlierRuns: [earlier],
      approval: { timeoutHours: 2 },
      requestedBy: ada,
      owner: ada.id,
    },
    { run: 'r1', deployment: full },
    {
      schemaVersion: 1,
      hash: '',
      settings: { imageImportConcurrency: 6 },
      skipPreflight: false,
      earlierRuns: [],
    },
  ],
  [
    'an undo',
    storedUndoSchema,
    { schemaVersion: 1, run: 'r1', deployment: full, purge: true, expired: true, requestedBy: ada },
    { run: 'r1', deployment: full },
    { schemaVersion: 1, purge: false },
  ],
  [
    'an expiry',
    storedExpirySchema,
    { schemaVersion: 1, deploymentId: 'a', run: 'r1', expiresAt: '2026-01-01T00:00:00Z' },
    { deploymentId: 'a', run: 'r1', expiresAt: '2026-01-01T00:00:00Z' },
    { schemaVersion: 1 },
  ],
] as const)('%s that another release stored', (_, schema, whole, least, defaults) => {
  it('is read whole, with what this release does not know', () => {
    expect(schema.parse({ ...whole, colour: 'blue' })).toEqual({ ...whole, colour: 'blue' });
  });

  it('may lack what has a default', () => {
    expect(schema.parse(least)).toEqual({ ...least, ...defaults });
  });

  it.each(Object.keys(least))('is none without %s', (field) => {
    expect(schema.safeParse({ ...whole, [field]: undefined }).success).toBe(false);
  });

  it('is left alone when its fields have another meaning', () => {
    expect(schema.safeParse({ ...whole, schemaVersion: 2 }).success).toBe(false);
  });
});

it('the parts of a run that are only shown do not hide it', () => {
  const odd = { ...run, approval: {}, requestedBy: 7, earlierRuns: [earlier, 7, { ...earlier, requestedBy: 7 }] };
  expect(storedRunSchema.parse(odd)).toMatchObject({
    approval: { timeoutHours: 24 },
    earlierRuns: [earlier, { run: 'r0', status: 'Failed' }],
  });
  expect(storedRunSchema.parse(odd).requestedBy).toBeUndefined();
});

it('who did something may be of a kind that this release does not know', () => {
  const robot = { id: 'object-id', name: 'Marvin', kind: 'robot' };
  expect(storedActorSchema.parse(robot)).toEqual(robot);
  expect(storedActorSchema.safeParse({ id: 'object-id' }).success).toBe(false);
  expect(requesterOf(anInstance({ input: { requestedBy: robot } }))).toEqual(robot);
  expect(requesterOf(anInstance({ input: { requestedBy: 7 } }))).toBeUndefined();
  expect(requesterOf(anInstance({ input: 'garbage' }))).toBeUndefined();
});

describe('how an expiry stands', () => {
  const view = { state: 'Scheduled', expiresAt: '2026-01-01T00:00:00Z', noticeAt: '2026-01-01T00:00:00Z' };

  it('is its custom status', () => {
    expect(expiryViewOf(anInstance({ customStatus: { ...view, state: 'Postponed' } }))).toEqual({
      ...view,
      state: 'Postponed',
    });
    expect(expiryViewOf(anInstance({ customStatus: {} }))).toBeUndefined();
    expect(expiryViewOf(anInstance({}))).toBeUndefined();
  });

  it('is changed by an instant or null', () => {
    expect(storedExpiryChangeSchema.parse({ expiresAt: null })).toEqual({ expiresAt: null });
    expect(storedExpiryChangeSchema.safeParse({}).success).toBe(false);
  });
});

describe('the status of an orchestration that another release stored', () => {
  const step = {
    name: 'cluster',
    state: 'Asleep',
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: '2026-01-01T00:10:00Z',
    attempts: 1,
    polls: 2,
    resourceId: '/x',
    change: 'improved',
    changed: ['sku'],
    digest: 'sha256:0',
    note: 'Kept.',
    error: { code: 'c', message: 'm', class: 'boredom', status: 409, correlationId: 'id', remedy: 'r' },
  };
  const status = {
    run: 'r1',
    steps: [step],
    warnings: ['w'],
    findings: [{ rule: 'locked', severity: 'hint', message: 'm', remedy: 'r', step: 'cluster', help: 'h' }],
    waiting: 'In the queue.',
    approval: {
      state: 'Postponed',
      requestedAt: '2026-01-01T00:00:00Z',
      expiresAt: '2026-01-02T00:00:00Z',
      decidedAt: '2026-01-01T01:00:00Z',
      by: 'Ada',
      byId: 'object-id',
      byVerified: true,
      reason: 'Later.',
    },
    error,
    cancelled: true,
    cancelledBy: ada,
  };

  it('is read whole', () => {
    expect(storedStatusSchema.parse(status)).toEqual(status);
  });

  it('says at least something', () => {
    const least = {
      steps: [{ name: 'cluster', state: 'Running' }],
      findings: [{ rule: 'locked', severity: 'error', message: 'm' }],
      approval: { state: 'Awaiting' },
      error: { code: 'c' },
    };
    expect(storedStatusSchema.parse(least)).toEqual({
      steps: [{ name: 'cluster', state: 'Running', attempts: 0, polls: 0 }],
      findings: [{ rule: 'locked', severity: 'error', message: 'm', remedy: '', help: '' }],
      approval: { state: 'Awaiting', requestedAt: '', expiresAt: '' },
      error: { step: 'deployment', code: 'c', message: '', class: 'permanent' },
    });
    expect(storedStatusSchema.parse({})).toEqual({ steps: [] });
  });

  it('is not hidden by a part that cannot be read', () => {
    const odd = Object.fromEntries(Object.keys(status).map((field) => [field, 7]));
    expect(storedStatusSchema.parse({ ...odd, run: 'r1' })).toEqual({ run: 'r1', steps: [] });
    expect(storedStatusSchema.parse({ ...status, steps: [7, step], warnings: ['w', 7] })).toEqual(status);
    expect(storedStatusSchema.parse({ steps: [{ ...step, error: 7 }] }).steps).toMatchObject([{ name: 'cluster' }]);
  });

  it('ends with outputs that are texts', () => {
    expect(storedResultSchema.parse({ steps: [step], outputs: { a: 'x', b: 7 } })).toEqual({
      steps: [step],
      outputs: { a: 'x' },
    });
    expect(storedResultSchema.parse({ steps: 7, outputs: 7 })).toEqual({ steps: [] });
  });
});

describe('what is kept of drift', () => {
  const change = { property: 'nodeCount', from: '5', to: '3' };
  const step = { name: 'cluster', action: 'replace', resourceId: '/x', changes: [change], note: 'Look.' };
  const found = { run: 'r1', steps: [step], error: { code: 'c', message: 'm', remedy: 'r' } };
  const summary = { checkedAt: '2026-01-01T00:00:00Z', changes: 1, error: 'c' };

  it('is read whole, or as far as it can be', () => {
    expect(storedDriftFoundSchema.parse(found)).toEqual(found);
    expect(storedDriftFoundSchema.parse({ run: 'r1', error: { code: 'c' } })).toEqual({
      run: 'r1',
      steps: [],
      error: { code: 'c', message: '' },
    });
    const least = { name: 'cluster', action: 'update' };
    const steps = [7, { ...least, changes: [{ property: 'sku' }, 7] }, least];
    expect(storedDriftFoundSchema.parse({ run: 'r1', steps }).steps).toEqual([
      { ...least, resourceId: '', changes: [{ property: 'sku', from: '', to: '' }] },
      { ...least, resourceId: '', changes: [] },
    ]);
    expect(storedDriftFoundSchema.safeParse({}).success).toBe(false);
  });

  it('is shown for the run that it is of', () => {
    const instance = anInstance({
      customStatus: { run: 'r1', ...summary },
      output: { ...found, ...summary, error: found.error },
    });
    expect(driftOf('r1', instance)).toEqual({ drift: summary });
    expect(driftReportFor('r1', instance)).toEqual({ ...found, ...summary, error: found.error });
    expect(driftOf('r2', instance)).toEqual({});
    expect(driftReportFor('r2', instance)).toBeUndefined();
    expect(driftOf('r1', anInstance({}))).toEqual({});
    expect(driftReportFor('r1', anInstance({ output: { run: 'r1' } }))).toBeUndefined();
  });
});

describe('the record of a deployment', () => {
  it('tells all of a run that can be read', () => {
    const input = { ...run, owner: 'o', approval: { timeoutHours: 2 }, requestedBy: ada, earlierRuns: [earlier] };
    expect(recordOf(anInstance({ input }))).toMatchObject({
      id: 'a',
      runId: 'r1',
      run: { run: 'r1' },
      owner: 'o',
      approval: { timeoutHours: 2 },
      requestedBy: ada,
      correlationId: 'c1',
      deployment: full,
      earlierRuns: [earlier],
    });
  });

  it('of a later release still tells whose it is and where its resources are', () => {
    const { id: _, ...rest } = full;
    const deployment = { ...rest, cluster: 'a new kind', images: 7 };
    const input = { schemaVersion: 2, run: 'r1', owner: 'o', requestedBy: ada, earlierRuns: [earlier, 7], deployment };
    const { cluster, images } = aDeployment();
    expect(recordOf(anInstance({ input }))).toEqual({
      id: 'a',
      runId: 'r1',
      run: undefined,
      owner: 'o',
      approval: undefined,
      requestedBy: ada,
      correlationId: 'c1',
      deployment: { ...full, cluster, images },
      earlierRuns: [earlier],
    });
  });

  it.each(['garbage', undefined, {}, { deployment: 7 }, { run: 7, owner: 7, requestedBy: 7, earlierRuns: 7 }])(
    'of %j tells its id',
    (input) => {
      expect(recordOf(anInstance({ input }))).toEqual({
        id: 'a',
        runId: 'unknown',
        run: undefined,
        owner: undefined,
        approval: undefined,
        requestedBy: undefined,
        correlationId: undefined,
        deployment: undefined,
        earlierRuns: [],
      });
    },
  );

  it('without a subscription cannot tell where it is, but what it is about', () => {
    const input = { deployment: { resourceGroupName: 'rg', correlationId: 'c1' } };
    expect(recordOf(anInstance({ input }))).toMatchObject({ correlationId: 'c1', deployment: undefined });
    expect(recordOf(anInstance({ instanceId: 'odd', input })).id).toBe('odd');
  });

  it.each([
    [{ input: { run: 'r1' }, customStatus: { run: 'r2' } }, 'r1'],
    [{ input: 'garbage', customStatus: { run: 'r2' } }, 'r2'],
    [{ input: {}, customStatus: { run: 'r2' } }, 'r2'],
    [{}, undefined],
  ])('%j is of the run %s', (instance, stated) => {
    expect(statedRunOf(anInstance(instance))).toBe(stated);
    expect(runIdOf(anInstance(instance))).toBe(stated ?? UNKNOWN_RUN);
  });
});

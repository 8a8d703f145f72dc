import { describe, expect, it } from 'vitest';
import { recordOf, runIdOf, runOf, statedRunOf, UNKNOWN_RUN } from '../../../src/deployment/run/deployment-record.ts';
import type { Instance } from '../../../src/deployment/run/instance.ts';
import { SCHEMA_VERSION } from '../../../src/deployment/run/stored/schema-version.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const actor = { id: 'ada', name: 'Ada', kind: 'user' };
const earlier = { run: 'r0', status: 'Failed', startedAt: 'a', endedAt: 'b' };
const deployment = { ...aDeployment({ id: 'one', correlationId: 'RITM1' }) };

const run = {
  schemaVersion: SCHEMA_VERSION,
  run: 'r1',
  hash: 'h',
  deployment,
  settings: { imageImportConcurrency: 3 },
  skipPreflight: true,
  earlierRuns: [earlier],
  approval: { timeoutHours: 5 },
  requestedBy: actor,
  owner: 'ada',
};

const instance = (input: unknown, customStatus?: unknown): Instance => ({
  instanceId: 'd:one',
  runtimeStatus: 'Completed',
  createdTime: new Date(0),
  lastUpdatedTime: new Date(1),
  input,
  customStatus,
});

describe('the record of a deployment', () => {
  it('was created when its first run says, and that is the latest where it says nothing', () => {
    const createdAt = '2026-01-01T00:00:00.000Z';
    expect(recordOf(instance({ ...run, createdAt })).createdAt).toEqual(new Date(createdAt));
    expect(recordOf(instance({ run: 'r1', createdAt })).createdAt).toEqual(new Date(createdAt));
    expect(recordOf(instance({ ...run, createdAt: 'once' })).createdAt).toEqual(new Date(0));
  });

  it('says everything that the run says', () => {
    const record = recordOf(instance(run));
    expect(record).toEqual({
      id: 'one',
      runId: 'r1',
      run,
      owner: 'ada',
      approval: { timeoutHours: 5 },
      requestedBy: actor,
      correlationId: 'RITM1',
      deployment,
      earlierRuns: [earlier],
      inherited: { deployed: undefined, changedBy: [], earlier: [] },
      createdAt: new Date(0),
    });
  });

  it('reads a run of 0.2.0, and one that lacks what may be absent', () => {
    const { hash: _, settings: __, skipPreflight: ___, earlierRuns: ____, schemaVersion: _____, ...rest } = run;
    expect(runOf(instance({ ...rest, approval: {} }))).toEqual({
      ...rest,
      schemaVersion: 1,
      hash: '',
      settings: { imageImportConcurrency: 6 },
      skipPreflight: false,
      earlierRuns: [],
      approval: { timeoutHours: 24 },
    });
  });

  it('keeps what is not known, and leaves out what is only shown and cannot be read', () => {
    const stored = { ...run, reviewers: 1, requestedBy: 'Ada', earlierRuns: [earlier, 'another'] };
    expect(runOf(instance(stored))).toEqual({ ...stored, requestedBy: undefined, earlierRuns: [earlier] });
  });

  it.each([
    ['a later schema', { schemaVersion: SCHEMA_VERSION + 1 }],
    ['a schema that is no number', { schemaVersion: 'two' }],
    ['another form of the settings', { settings: 6 }],
    ['another form of the deployment', { deployment: { ...deployment, tags: { a: 'b' } } }],
  ])('of %s is not carried out, but keeps its owner, its place and its history', (_, change) => {
    const record = recordOf(instance({ ...run, ...change }));
    expect(record.run).toBeUndefined();
    expect(record).toMatchObject({
      id: 'one',
      runId: 'r1',
      owner: 'ada',
      approval: { timeoutHours: 5 },
      requestedBy: actor,
      correlationId: 'RITM1',
      earlierRuns: [earlier],
      deployment: { id: 'one', resourceGroupName: deployment.resourceGroupName },
    });
  });

  it('says for what it was asked even where its place is unknown', () => {
    const record = recordOf(instance({ owner: 'ada', deployment: { correlationId: 'RITM1' } }));
    expect(record).toMatchObject({ owner: 'ada', correlationId: 'RITM1', deployment: undefined, runId: UNKNOWN_RUN });
  });

  it('of an instance of another name is known by that name', () => {
    expect(recordOf({ ...instance({}), instanceId: 'odd' }).id).toBe('odd');
  });

  const unreadable = { run: 7, owner: 7, requestedBy: 7, earlierRuns: 7, deployment: { correlationId: 7 } };

  it.each(['☂', 7, null, undefined, [], {}, { deployment: 7 }, unreadable])(
    'of %j has its id and nothing else',
    (input) => {
      expect(recordOf(instance(input))).toEqual({
        id: 'one',
        inherited: { deployed: undefined, changedBy: [], earlier: [] },
        createdAt: new Date(0),
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
});

describe('the run that an instance is of', () => {
  it.each([
    [{ run: 'r1' }, { run: 'r2' }, 'r1'],
    [undefined, { run: 'r2' }, 'r2'],
    [{ run: 7 }, { run: 'r2' }, 'r2'],
    ['☂', { run: 7 }, undefined],
    [undefined, null, undefined],
  ])('of the input %j and the status %j is %s', (input, customStatus, expected) => {
    expect(statedRunOf({ input, customStatus })).toBe(expected);
    expect(runIdOf({ input, customStatus })).toBe(expected ?? UNKNOWN_RUN);
  });
});

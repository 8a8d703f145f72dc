import { describe, expect, it } from 'vitest';
import { deployedResponse, unchangedRun, type WhatExists } from '../../../src/deployment/run/deployed.ts';
import { recordOf } from '../../../src/deployment/run/deployment-record.ts';
import type { Instance } from '../../../src/deployment/run/instance.ts';
import { inheritedBy, whatExists } from '../../../src/deployment/run/what-exists.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anInstance } from '../../support/an-instance.ts';

const deployment = aDeployment({ id: 'a' });
const before = { run: 'r1', endedAt: '2026-01-01T00:10:00.000Z', deployment, outputs: { CLUSTER: 'a' } };
const second = { schemaVersion: 1, run: 'r2', deployment, deployed: before };

const step = (name: string, state: string, more: object = {}) => ({ name, state, attempts: 1, polls: 0, ...more });

const exists = (latest: Partial<Instance>, branches: readonly Instance[] = [], undo?: Instance): WhatExists => {
  const instance = anInstance({ runtimeStatus: 'Failed', input: second, ...latest });
  return whatExists(recordOf(instance), instance, branches, undo);
};

const changed = (latest: Partial<Instance>, branches: readonly Instance[] = []) => exists(latest, branches).changedBy;

const withSteps = (...steps: object[]) => ({ customStatus: { steps } });

describe('what exists', () => {
  it('is what the latest run left, when it succeeded', () => {
    const lastUpdatedTime = new Date('2026-01-01T01:00:00Z');
    const output = { outputs: { CLUSTER: 'b' } };
    const input = { ...second, changedBy: [{ run: 'r1', steps: ['cluster'] }] };
    const found = exists({ runtimeStatus: 'Completed', input, lastUpdatedTime, output });
    expect(found).toMatchObject({
      deployed: { run: 'r2', endedAt: '2026-01-01T01:00:00.000Z', deployment: { id: 'a' }, outputs: { CLUSTER: 'b' } },
      changedBy: [],
    });
    expect(deployedResponse(found)).toEqual({ run: 'r2', endedAt: '2026-01-01T01:00:00.000Z' });
    expect(unchangedRun(found)).toBe('r2');
  });

  it.each([
    ['was refused', {}],
    ['left everything as it was', withSteps(step('cluster', 'Succeeded', { change: 'unchanged' }))],
    ['was not let in by Azure', withSteps(step('cluster', 'Failed'), step('registry', 'Skipped'))],
    ['was cancelled before its first change', { runtimeStatus: 'Completed', customStatus: { cancelled: true } }],
    ['asks for approval', { runtimeStatus: 'Running', customStatus: { approval: { state: 'Awaiting' } } }],
    ['is reading', { runtimeStatus: 'Running', ...withSteps(step('cluster', 'Running')) }],
    ['has not begun', { runtimeStatus: 'Pending' }],
  ])('is what it was, when the latest run %s', (_, latest) => {
    const found = exists(latest);
    expect(found).toMatchObject({ deployed: before, changedBy: [] });
    expect(unchangedRun(found)).toBe('r1');
  });

  it.each([
    ['created something', step('cluster', 'Succeeded', { change: 'created' })],
    ['updated something', step('cluster', 'Succeeded', { change: 'updated' })],
    ['does not say what it did', step('cluster', 'Succeeded')],
    [
      'found nothing to do after an answer that was lost',
      step('cluster', 'Succeeded', { change: 'unchanged', wrote: true }),
    ],
    ['had sent something and failed', step('cluster', 'Failed', { wrote: true })],
    ['had sent something and was cancelled', step('cluster', 'Cancelled', { wrote: true })],
    ['was ended from outside in the middle of a call', step('cluster', 'Running')],
    ['was ended from outside before another call', step('cluster', 'Retrying')],
  ])('may have changed, when a run that did not succeed %s', (_, ofStep) => {
    const found = exists(withSteps(ofStep));
    expect(found.deployed).toEqual(before);
    expect(found.changedBy).toEqual([{ run: 'r2', steps: ['cluster'] }]);
    expect(unchangedRun(found)).toBeUndefined();
    expect(deployedResponse(found)).toMatchObject({ run: 'r1', changedBy: [{ run: 'r2', steps: ['cluster'] }] });
  });

  it('may have changed already while a run goes on', () => {
    expect(
      changed({ runtimeStatus: 'Running', ...withSteps(step('cluster', 'Running', { wrote: true })) }),
    ).toHaveLength(1);
  });

  it('may have been changed by a branch', () => {
    const ended = anInstance({
      instanceId: 's:a:r2:registry',
      output: { ok: false, steps: [step('registry', 'Failed', { wrote: true })] },
    });
    const running = anInstance({
      instanceId: 's:a:r2:cluster',
      ...withSteps(step('cluster', 'Running', { wrote: true })),
    });
    expect(changed(withSteps(step('identity', 'Succeeded', { change: 'unchanged' })), [ended, running])).toEqual([
      { run: 'r2', steps: ['registry', 'cluster'] },
    ]);
  });

  it('keeps what runs before changed, oldest first and ten at most', () => {
    const changedBy = Array.from({ length: 10 }, (_, index) => ({ run: `c${index}`, steps: ['cluster'] }));
    const input = { ...second, changedBy };
    expect(changed({ input })).toEqual(changedBy);
    const latest = changed({ input, ...withSteps(step('cluster', 'Failed', { wrote: true })) });
    expect(latest).toEqual([...changedBy.slice(1), { run: 'r2', steps: ['cluster'] }]);
  });

  it('is nothing after an undo, and what it left after one that failed', () => {
    const undo = (runtimeStatus: string, ...steps: object[]) =>
      anInstance({ instanceId: 'u:a', runtimeStatus, input: { run: 'r2' }, customStatus: { run: 'r2', steps } });
    const found = step('find', 'Succeeded', { change: 'unchanged' });
    const deleted = step('delete:cluster', 'Succeeded', { change: 'deleted' });
    expect(exists({}, [], undo('Completed', found, deleted))).toEqual({ changedBy: [], earlier: [] });
    const succeeded = { runtimeStatus: 'Completed' };
    for (const [latest, run] of [
      [succeeded, 'r2'],
      [{}, 'r1'],
    ] as const) {
      expect(exists(latest, [], undo('Failed', step('find', 'Failed')))).toMatchObject({
        deployed: { run },
        changedBy: [],
      });
      const changedBy = [{ run: 'r2', steps: ['delete:cluster'] }];
      expect(exists(latest, [], undo('Failed', found, deleted))).toMatchObject({ deployed: { run }, changedBy });
      expect(exists(latest, [], undo('Running', found, deleted))).toMatchObject({ deployed: { run }, changedBy });
    }
  });

  it('is unknown of what releases recorded that did not keep it', () => {
    const { deployed: _, ...old } = second;
    const found = exists({ input: old });
    expect(found).toEqual({ deployed: undefined, changedBy: [], earlier: [] });
    expect(deployedResponse(found)).toBeUndefined();
    expect(exists({ input: { run: 'r2', deployed: before } }).deployed).toEqual(before);
  });
});

describe('what a run inherits of other names', () => {
  const named = (clusterName: string, more: object = {}) => aDeployment({ id: 'a', clusterName, ...more });
  const inherited = (next: ReturnType<typeof named>, latest: Partial<Instance>) =>
    inheritedBy(next, exists(latest)).earlier.map(({ clusterName }) => clusterName);
  const run = (clusterName: string, ...earlier: string[]) => ({
    input: { ...second, deployment: named(clusterName), earlier: earlier.map((name) => named(name)) },
  });
  const wrote = withSteps(step('cluster', 'Failed', { wrote: true }));

  it('are those of a run that succeeded or may have changed something, and of those before, each once', () => {
    expect(inherited(named('three'), { runtimeStatus: 'Completed', ...run('two', 'one') })).toEqual(['two', 'one']);
    expect(inherited(named('three'), { ...run('two', 'one', 'one'), ...wrote })).toEqual(['two', 'one']);
  });

  it('are not those of a run that changed nothing, nor its own, whatever it wants of them', () => {
    expect(inherited(named('three'), run('two', 'one'))).toEqual(['one']);
    const more = named('two', { cluster: { nodeCount: 7 }, images: [] });
    expect(inherited(more, { ...run('two', 'one'), ...wrote })).toEqual(['one']);
  });

  it('are ten at most, and those of what exists stay beside those of a run that was refused', () => {
    const many = Array.from({ length: 12 }, (_, index) => `c${index}`);
    expect(inherited(named('last'), run('two', ...many))).toEqual(many.slice(0, 10));
    const refused = inheritedBy(named('two'), exists({ runtimeStatus: 'Completed', ...run('one') }));
    const again = { ...second, deployment: named('two'), ...refused };
    expect(inheritedBy(named('three'), exists({ input: again })).earlier.map((each) => each.clusterName)).toEqual([
      'one',
    ]);
  });
});

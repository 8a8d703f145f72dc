import { describe, expect, it } from 'vitest';
import {
  approvalOf,
  customStatusOf,
  deploymentStatus,
  deploymentStatuses,
  hasEnded,
  isUndoOf,
  statusWithUndo,
} from '../../../src/deployment/run/deployment-status.ts';
import type { Instance } from '../../../src/deployment/run/instance.ts';

const instance = (runtimeStatus: string, customStatus?: unknown, input?: unknown): Instance => ({
  instanceId: 'd:one',
  runtimeStatus,
  createdTime: new Date(0),
  lastUpdatedTime: new Date(1),
  input,
  customStatus,
});

const approval = (state: string) => ({ steps: [], approval: { state, requestedAt: 'a', expiresAt: 'b' } });

describe('the status of a deployment', () => {
  it.each([
    ['Pending', undefined, 'Pending'],
    ['Running', undefined, 'Running'],
    ['Suspended', undefined, 'Running'],
    ['ContinuedAsNew', undefined, 'Running'],
    ['Completed', undefined, 'Succeeded'],
    ['Failed', undefined, 'Failed'],
    ['Terminated', undefined, 'Cancelled'],
    ['Canceled', undefined, 'Cancelled'],
    ['Completed', { cancelled: true }, 'Cancelled'],
    ['Completed', { cancelled: 'perhaps' }, 'Succeeded'],
    ['Failed', { cancelled: true }, 'Failed'],
    ['Running', approval('Awaiting'), 'AwaitingApproval'],
    ['Running', approval('Approved'), 'Running'],
    ['Running', approval('Undecided'), 'Running'],
    ['Pending', approval('Awaiting'), 'Pending'],
    ['Completed', '☂', 'Succeeded'],
  ])('of a %s instance with %j is %s', (runtimeStatus, customStatus, expected) => {
    expect(deploymentStatus(instance(runtimeStatus, customStatus))).toBe(expected);
  });

  it('has ended in four of eight', () => {
    expect(deploymentStatuses.filter(hasEnded)).toEqual(['Succeeded', 'Failed', 'Cancelled', 'Deleted']);
  });

  it.each([
    ['Completed', 'Deleted'],
    ['Failed', 'Failed'],
    ['Terminated', 'Failed'],
    ['Running', 'Deleting'],
    ['Pending', 'Deleting'],
  ])('beside a %s undo is %s', (runtimeStatus, expected) => {
    expect(statusWithUndo(instance('Completed'), instance(runtimeStatus))).toBe(expected);
  });

  it('without an undo is its own', () => {
    expect(statusWithUndo(instance('Failed'), undefined)).toBe('Failed');
  });
});

describe('an undo is that of the present run', () => {
  const deployed = instance('Completed', undefined, { run: 'r1' });
  it.each([
    ['when it says so', instance('Completed', { run: 'r1' }), true],
    ['not when it says another', instance('Completed', { run: 'r0' }), false],
    ['not when its input says another', instance('Failed', undefined, { run: 'r0' }), false],
    ['when it has only just begun', instance('Pending'), true],
    ['when it failed before it said anything', instance('Failed', '☂'), true],
    ['not when it would set the id free without saying of which run it is', instance('Completed', '☂'), false],
  ])('%s', (_, undo, expected) => {
    expect(isUndoOf(deployed, undo)).toBe(expected);
  });

  it('not of garbage when both say nothing: that would set the id free', () => {
    expect(isUndoOf(instance('Failed', undefined, '☂'), instance('Completed', '☂'))).toBe(false);
  });
});

describe('a custom status', () => {
  it('is read part by part, and keeps what is not known', () => {
    const step = { name: 'cluster', state: 'Verifying', change: 'imported', attempts: 1, polls: 2, progress: 3 };
    expect(
      customStatusOf(
        instance('Running', {
          run: 7,
          steps: [step, 'another', { state: 'Running' }],
          warnings: ['one', 2],
          findings: [{ rule: 'r', severity: 'hint', message: 'm' }, {}],
          waiting: {},
          approval: 'given',
          error: { code: 'C' },
          cancelledBy: 'Ada',
          later: true,
        }),
      ),
    ).toEqual({
      steps: [step],
      warnings: ['one'],
      findings: [{ rule: 'r', severity: 'hint', message: 'm', remedy: '', help: '' }],
      error: { code: 'C', message: '', class: 'permanent', step: 'deployment' },
      later: true,
    });
  });

  it('without steps has none, and counts what a step does not', () => {
    expect(customStatusOf(instance('Running', { steps: 'none' }))?.steps).toEqual([]);
    expect(customStatusOf(instance('Running', {}))?.steps).toEqual([]);
    const steps = [{ name: 'a', state: 'Running', error: 'E' }];
    expect(customStatusOf(instance('Running', { steps }))?.steps).toEqual([
      { name: 'a', state: 'Running', attempts: 0, polls: 0 },
    ]);
    expect(customStatusOf(instance('Running', '☂'))).toBeUndefined();
  });

  it('shows how far the approval is, with a state that is not known', () => {
    expect(approvalOf(instance('Running', { approval: { state: 'Postponed' } }))).toEqual({
      state: 'Postponed',
      requestedAt: '',
      expiresAt: '',
    });
  });
});

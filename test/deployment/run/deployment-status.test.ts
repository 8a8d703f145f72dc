import { describe, expect, it } from 'vitest';
import {
  approvalOf,
  customStatusOf,
  type DeploymentStatus,
  deploymentStatus,
  deploymentStatuses,
  hasEnded,
  isUndoOf,
  statusWithUndo,
} from '../../../src/deployment/run/deployment-status.ts';
import { anInstance } from '../../support/an-instance.ts';

const awaiting = { approval: { state: 'Awaiting' } };

describe('the status of a deployment', () => {
  it.each([
    ['Pending', undefined, 'Pending'],
    ['Running', undefined, 'Running'],
    ['Running', awaiting, 'AwaitingApproval'],
    ['Running', { approval: { state: 'Approved' } }, 'Running'],
    ['Running', { waiting: 'It waits for its turn, at place 2.' }, 'Pending'],
    ['Running', { approval: { state: 'Approved' }, waiting: 'at place 2' }, 'Pending'],
    ['Running', { ...awaiting, waiting: 'at place 2' }, 'AwaitingApproval'],
    ['Running', { waiting: 'at place 2', steps: [{ name: 'cluster', state: 'Running' }] }, 'Running'],
    ['Failed', { waiting: 'at place 2' }, 'Failed'],
    ['Running', { cancelled: true }, 'Running'],
    ['Suspended', undefined, 'Running'],
    ['ContinuedAsNew', undefined, 'Running'],
    ['Completed', undefined, 'Succeeded'],
    ['Completed', awaiting, 'Succeeded'],
    ['Completed', { cancelled: true }, 'Cancelled'],
    ['Completed', { cancelled: false }, 'Succeeded'],
    ['Failed', { cancelled: true }, 'Failed'],
    ['Terminated', undefined, 'Cancelled'],
    ['Canceled', undefined, 'Cancelled'],
    ['Completed', { cancelled: 'perhaps' }, 'Succeeded'],
    ['Completed', '☂', 'Succeeded'],
    ['Pending', awaiting, 'Pending'],
    ['Running', { approval: { state: 'Undecided' } }, 'Running'],
  ])('of an instance that is %s with %j is %s', (runtimeStatus, customStatus, status) => {
    expect(deploymentStatus(anInstance({ runtimeStatus, customStatus }))).toBe(status);
  });

  it.each<[DeploymentStatus, boolean]>([
    ['Pending', false],
    ['AwaitingApproval', false],
    ['Running', false],
    ['Deleting', false],
    ['Succeeded', true],
    ['Failed', true],
    ['Cancelled', true],
    ['Deleted', true],
  ])('%s is an end: %s', (status, ended) => {
    expect(hasEnded(status)).toBe(ended);
  });

  it('has no other word', () => {
    expect(deploymentStatuses).toEqual([
      'Pending',
      'AwaitingApproval',
      'Running',
      'Succeeded',
      'Failed',
      'Cancelled',
      'Deleting',
      'Deleted',
    ]);
  });

  it.each([
    [undefined, 'Succeeded'],
    ['Running', 'Deleting'],
    ['Pending', 'Deleting'],
    ['Completed', 'Deleted'],
    ['Failed', 'Failed'],
    ['Terminated', 'Failed'],
  ])('beside an undo that is %s is %s', (runtimeStatus, status) => {
    const undo = runtimeStatus === undefined ? undefined : anInstance({ instanceId: 'u:a', runtimeStatus });
    expect(statusWithUndo(anInstance({ runtimeStatus: 'Completed' }), undo)).toBe(status);
  });
});

describe('an undo', () => {
  const deployment = anInstance({ input: { run: 'r1' } });

  it.each([
    [{ input: { run: 'r1' }, runtimeStatus: 'Completed' }, true],
    [{ input: { run: 'r0' } }, false],
    [{ runtimeStatus: 'Running' }, true],
    [{ runtimeStatus: 'Completed' }, false],
    [{ runtimeStatus: 'Completed', customStatus: { run: 'r1' } }, true],
    [{ runtimeStatus: 'Completed', customStatus: { run: 'r0' } }, false],
    [{ runtimeStatus: 'Pending' }, true],
    [{ runtimeStatus: 'Failed', customStatus: '☂' }, true],
    [{ runtimeStatus: 'Completed', customStatus: '☂' }, false],
  ])('%j is of the present run: %s', (undo, isOf) => {
    expect(isUndoOf(deployment, anInstance(undo))).toBe(isOf);
  });

  it('is none when neither says of which run it is: that would set the id free', () => {
    const garbage = { runtimeStatus: 'Completed', input: '☂' };
    expect(isUndoOf(anInstance(garbage), anInstance(garbage))).toBe(false);
  });
});

describe('a custom status', () => {
  it('is read part by part, and keeps what is not known', () => {
    const step = { name: 'cluster', state: 'Verifying', change: 'imported', attempts: 1, polls: 2, progress: 3 };
    expect(
      customStatusOf(
        anInstance({
          customStatus: {
            run: 7,
            steps: [step, 'another', { state: 'Running' }],
            warnings: ['one', 2],
            findings: [{ rule: 'r', severity: 'hint', message: 'm' }, {}],
            waiting: {},
            approval: 'given',
            error: { code: 'C' },
            cancelledBy: 'Ada',
            later: true,
          },
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
    expect(customStatusOf(anInstance({ customStatus: { steps: 'none' } }))?.steps).toEqual([]);
    expect(customStatusOf(anInstance({ customStatus: {} }))?.steps).toEqual([]);
    const steps = [{ name: 'a', state: 'Running', error: 'E' }];
    expect(customStatusOf(anInstance({ customStatus: { steps } }))?.steps).toEqual([
      { name: 'a', state: 'Running', attempts: 0, polls: 0 },
    ]);
    expect(customStatusOf(anInstance({ customStatus: '☂' }))).toBeUndefined();
  });

  it('shows how far the approval is, with a state that is not known', () => {
    expect(approvalOf(anInstance({ customStatus: { approval: { state: 'Postponed' } } }))).toEqual({
      state: 'Postponed',
      requestedAt: '',
      expiresAt: '',
    });
  });
});

import { describe, expect, it } from 'vitest';
import {
  type DeploymentStatus,
  deploymentStatus,
  hasEnded,
  isUndoOf,
  statusWithUndo,
} from '../../../src/deployment/run/deployment-status.ts';
import { outputsOfInstance } from '../../../src/deployment/run/outputs-of-instance.ts';
import { anInstance } from '../../support/an-instance.ts';

const awaiting = { approval: { state: 'Awaiting' } };

describe('the status of a deployment', () => {
  it.each([
    ['Pending', undefined, 'Pending'],
    ['Running', undefined, 'Running'],
    ['Running', awaiting, 'AwaitingApproval'],
    ['Running', { approval: { state: 'Approved' } }, 'Running'],
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
  ])('%j is of the present run: %s', (undo, isOf) => {
    expect(isUndoOf(deployment, anInstance(undo))).toBe(isOf);
  });
});

it.each([
  [{ runtimeStatus: 'Completed', output: { outputs: { a: 'x' } } }, { a: 'x' }],
  [{ runtimeStatus: 'Completed', output: 'garbage' }, undefined],
  [{ runtimeStatus: 'Running', output: { outputs: { a: 'x' } } }, undefined],
  [{ runtimeStatus: 'Completed', customStatus: { cancelled: true }, output: { outputs: { a: 'x' } } }, undefined],
])('the outputs of %j are %j', (instance, outputs) => {
  expect(outputsOfInstance(anInstance(instance))).toEqual(outputs);
});

import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/deployment/run/instance.ts';
import { outputsOfInstance } from '../../../src/deployment/run/outputs-of-instance.ts';
import { readStored } from '../../../src/deployment/run/read-stored.ts';
import { driftOf, driftReportFor, storedDriftFoundSchema } from '../../../src/deployment/run/stored-drift.ts';
import {
  expiryViewOf,
  storedExpiryChangeSchema,
  storedExpirySchema,
} from '../../../src/deployment/run/stored-expiry.ts';
import { requesterOf, storedUndoSchema } from '../../../src/deployment/run/stored-undo.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const instance = (more: Partial<Instance>): Instance => ({
  instanceId: 'x',
  runtimeStatus: 'Completed',
  createdTime: new Date(0),
  lastUpdatedTime: new Date(1),
  ...more,
});

describe('a stored undo', () => {
  const undo = { run: 'r1', deployment: aDeployment(), purge: true, expired: true, later: 1 };
  it('keeps what is not known, and purges nothing unless it says so', () => {
    expect(storedUndoSchema.parse(undo)).toEqual({ ...undo, schemaVersion: 1 });
    expect(storedUndoSchema.parse({ ...undo, purge: undefined }).purge).toBe(false);
  });

  it.each([
    [{ requestedBy: { id: 'a', name: 'Ada', kind: 'agent' }, deployment: '☂' }, 'Ada'],
    [{ requestedBy: 'Ada' }, undefined],
    ['☂', undefined],
  ])('says who asked, as far as %j does', (input, name) => {
    expect(requesterOf(instance({ input }))?.name).toBe(name);
  });
});

describe('a stored expiry', () => {
  const expiry = { deploymentId: 'one', run: 'r1', expiresAt: 'P1D' };
  it('keeps what is not known', () => {
    expect(storedExpirySchema.parse({ ...expiry, later: 1 })).toEqual({ ...expiry, later: 1, schemaVersion: 1 });
    expect(storedExpirySchema.safeParse({ ...expiry, schemaVersion: 2 }).success).toBe(false);
    expect(storedExpiryChangeSchema.parse({ expiresAt: null, by: 'Ada' })).toEqual({ expiresAt: null, by: 'Ada' });
  });

  it('is shown with a state that is not known, and not at all when it cannot be read', () => {
    const view = { state: 'Paused', expiresAt: 'a', noticeAt: 'b' };
    expect(expiryViewOf(instance({ customStatus: view }))).toEqual(view);
    expect(expiryViewOf(instance({ customStatus: { state: 'Paused' } }))).toBeUndefined();
  });
});

describe('a stored check for drift', () => {
  const step = {
    name: 'cluster',
    action: 'replace',
    resourceId: 'id',
    changes: [{ property: 'p', from: 'a', to: 'b' }],
  };
  const error = { code: 'C', message: 'm' };

  it('keeps the steps that can be read', () => {
    expect(storedDriftFoundSchema.parse({ run: 'r1', steps: [step, 'another'], error })).toEqual({
      run: 'r1',
      steps: [step],
      error,
    });
    expect(
      storedDriftFoundSchema.parse({ run: 'r1', steps: [{ name: 'a', action: 'b' }], error: { code: 'C' } }),
    ).toEqual({
      run: 'r1',
      steps: [{ name: 'a', action: 'b', resourceId: '', changes: [] }],
      error: { code: 'C', message: '' },
    });
    expect(storedDriftFoundSchema.parse({ run: 'r1' }).steps).toEqual([]);
  });

  it('is that of its own run only', () => {
    const summary = { run: 'r1', checkedAt: 'a', changes: 1, error: 'E' };
    const { run: _, ...drift } = summary;
    const kept = instance({
      customStatus: { ...summary, later: 1 },
      output: { ...summary, steps: [step], error, changes: 1 },
    });
    expect(driftOf('r1', kept)).toEqual({ drift });
    expect(driftOf('r2', kept)).toEqual({});
    expect(driftOf('r1', instance({ customStatus: '☂' }))).toEqual({});
    expect(driftReportFor('r1', kept)).toEqual({ run: 'r1', checkedAt: 'a', changes: 1, steps: [step], error });
    expect(driftReportFor('r2', kept)).toBeUndefined();
    expect(driftReportFor('r1', instance({ output: '☂' }))).toBeUndefined();
  });
});

describe('the outputs of a deployment', () => {
  const output = { outputs: { A: 'a', B: 2 }, steps: 'many' };
  it.each([
    [instance({ output }), { A: 'a' }],
    [instance({ output, runtimeStatus: 'Running' }), undefined],
    [instance({ output: { outputs: 'A' } }), undefined],
    [instance({ output: '☂' }), undefined],
  ])('%#: are those that are texts, once it has succeeded', (each, expected) => {
    expect(outputsOfInstance(each)).toEqual(expected);
  });
});

it('an orchestration whose input cannot be read says so, and what is wrong with it', () => {
  const read = () => readStored(storedExpirySchema, '☂');
  expect(read).toThrow('Another version of the service recorded this in a form that this one cannot read.');
  expect(read).toThrow(expect.objectContaining({ cause: expect.objectContaining({ name: 'ZodError' }) }));
});

import { describe, expect, it } from 'vitest';
import { requesterOf, storedUndoSchema } from '../../../../src/deployment/run/stored/stored-undo.ts';
import { aDeployment } from '../../../support/a-deployment.ts';
import { anInstance } from '../../../support/an-instance.ts';

const ada = { id: 'object-id', name: 'Ada', kind: 'user' };
const least = { run: 'r1', deployment: aDeployment() };
const earlier = [aDeployment({ clusterName: 'before' })];
const whole = { ...least, schemaVersion: 1, earlier, purge: true, expired: true, requestedBy: ada };

describe('an undo that another release stored', () => {
  it('is read whole, with what this release does not know', () => {
    expect(storedUndoSchema.parse({ ...whole, colour: 'blue' })).toEqual({ ...whole, colour: 'blue' });
  });

  it('purges nothing unless it says so', () => {
    expect(storedUndoSchema.parse(least)).toEqual({ ...least, schemaVersion: 1, purge: false });
  });

  it.each(Object.keys(least))('is none without %s', (field) => {
    expect(storedUndoSchema.safeParse({ ...whole, [field]: undefined }).success).toBe(false);
  });

  it('is left alone when its fields have another meaning', () => {
    expect(storedUndoSchema.safeParse({ ...whole, schemaVersion: 2 }).success).toBe(false);
  });

  it('is carried out though some of the earlier deployments cannot be read', () => {
    expect(storedUndoSchema.parse({ ...whole, earlier: [...earlier, { id: 7 }] })).toEqual(whole);
    expect(storedUndoSchema.parse({ ...whole, earlier: 7 })).toEqual({ ...whole, earlier: undefined });
  });

  it('is carried out though who asked cannot be read', () => {
    expect(storedUndoSchema.parse({ ...whole, requestedBy: 7 })).toEqual({ ...whole, requestedBy: undefined });
  });
});

describe('who asked for an undo', () => {
  it.each([
    [{ requestedBy: { ...ada, kind: 'robot' }, deployment: '☂' }, 'Ada'],
    [{ requestedBy: ada }, 'Ada'],
    [{ requestedBy: 'Ada' }, undefined],
    [{}, undefined],
    ['☂', undefined],
    [undefined, undefined],
  ])('of the input %j is %s', (input, name) => {
    expect(requesterOf(anInstance({ input }))?.name).toBe(name);
  });
});

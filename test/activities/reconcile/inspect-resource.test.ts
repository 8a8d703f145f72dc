import { describe, expect, it } from 'vitest';
import { inspectResource } from '../../../src/activities/reconcile/inspect-resource.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { AS_WANTED, aResource } from '../../support/a-resource.ts';

const UNCHANGED = { action: 'unchanged', changes: [], resourceId: '/thing' };

describe('the plan for a resource', () => {
  it('that does not exist is to create it', async () => {
    expect(await inspectResource(aResource(undefined))).toEqual({ ...UNCHANGED, action: 'create' });
    const final = aResource(undefined, { isRecoverable: async () => false });
    expect(await inspectResource(final)).toEqual({ ...UNCHANGED, action: 'create' });
  });

  it('that was deleted and comes back as it was is to recover it', async () => {
    expect(await inspectResource(aResource(undefined, { isRecoverable: async () => true }))).toEqual({
      ...UNCHANGED,
      action: 'update',
      changes: [{ property: 'recovered', from: 'deleted', to: 'recovered' }],
    });
  });

  it('that Azure works on is not known yet', async () => {
    expect(await inspectResource(aResource({ size: 2, state: 'Updating' }))).toEqual({
      ...UNCHANGED,
      note: 'Azure is at work on it (Updating): what differs is known once that has ended.',
    });
  });

  it('in a failed state is to repair it', async () => {
    expect(await inspectResource(aResource({ size: 2, state: 'Failed' }))).toEqual({
      ...UNCHANGED,
      action: 'update',
      changes: [{ property: 'provisioningState', from: 'Failed', to: 'Succeeded' }],
    });
  });

  it('that is as wanted is to change nothing', async () => {
    expect(await inspectResource(aResource(AS_WANTED))).toEqual({ ...UNCHANGED, value: { size: 3 } });
  });

  it('that differs is to change what differs', async () => {
    const note = (_: unknown, changing: readonly string[]) => `changes ${changing.join()}`;
    expect(await inspectResource(aResource({ location: 'East US', size: 2 }, { note }))).toEqual({
      ...UNCHANGED,
      action: 'update',
      changes: [{ property: 'size', from: '2', to: '3' }],
      value: { size: 2 },
      note: 'changes size',
    });
  });

  it('that is incomplete gives no value yet, if a change completes it', async () => {
    const value = (): never => {
      throw new AzureOperationError({ code: 'Incomplete', message: 'It shows no address.' });
    };
    expect(await inspectResource(aResource({ size: 2 }, { value }))).toMatchObject({
      action: 'update',
      value: undefined,
    });
    await expect(inspectResource(aResource(AS_WANTED, { value }))).rejects.toThrow('It shows no address.');
    const broken = (): never => {
      throw new Error('broken');
    };
    await expect(inspectResource(aResource({ size: 2 }, { value: broken }))).rejects.toThrow('broken');
  });

  it('with a difference that cannot be changed says so first', async () => {
    const resource = aResource(
      { location: 'westus', size: 2 },
      {
        immutables: () => ({ location: ['westus', 'eastus'], kind: [undefined, 'V2'] }),
        note: () => 'not shown',
      },
    );
    expect(await inspectResource(resource)).toEqual({
      ...UNCHANGED,
      action: 'update',
      changes: [
        { property: 'location', from: 'westus', to: 'eastus' },
        { property: 'kind', from: 'not set', to: 'V2' },
        { property: 'size', from: '2', to: '3' },
      ],
      value: { size: 2 },
      note: 'location, kind cannot be changed.',
    });
  });

  it('writes nothing', async () => {
    for (const found of [undefined, AS_WANTED, { size: 2 }, { state: 'Failed' }]) {
      const resource = aResource(found);
      await inspectResource(resource);
      expect(resource.writes).toEqual([]);
    }
  });
});

describe('the plan for a resource that somebody else keeps', () => {
  const theirs = { keptByOthers: true, isRecoverable: async () => true } as const;

  it.each([
    ['does not exist', undefined, 'It does not exist.'],
    ['is in a failed state', { state: 'Failed' }, 'It is in a failed state.'],
  ])('and that %s is to leave it alone', async (_, found, note) => {
    expect(await inspectResource(aResource(found, theirs))).toEqual({ ...UNCHANGED, note });
  });

  it('shows it like any other while it can be used', async () => {
    expect(await inspectResource(aResource(AS_WANTED, theirs))).toEqual({ ...UNCHANGED, value: { size: 3 } });
    expect(await inspectResource(aResource({ state: 'Updating' }, theirs))).toMatchObject({
      note: expect.stringContaining('(Updating)'),
    });
  });
});

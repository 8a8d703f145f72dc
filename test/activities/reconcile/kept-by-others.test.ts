import { describe, expect, it } from 'vitest';
import { inspectResource } from '../../../src/activities/reconcile/inspect-resource.ts';
import { keptByOthers } from '../../../src/activities/reconcile/kept-by-others.ts';
import { reconcileResource } from '../../../src/activities/reconcile/reconcile-resource.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { AS_WANTED, aResource, type Thing } from '../../support/a-resource.ts';

const apply = async (found: Thing | undefined) => {
  const resource = aResource(found);
  const result = await reconcileResource(keptByOthers(resource), undefined).catch((error: unknown) => error);
  expect(resource.writes).toEqual([]);
  return result instanceof AzureOperationError ? result.failure : result;
};

describe('a resource that somebody else keeps', () => {
  it.each<Thing>([AS_WANTED, { size: 2, location: 'westus' }])('is used as it is: %j', async (found) => {
    expect(await apply(found)).toEqual({
      kind: 'done',
      value: { size: found.size },
      change: 'unchanged',
      resourceId: '/thing',
    });
  });

  it.each([
    ['does not exist', undefined, '/thing does not exist.'],
    ['is in a failed state', { state: 'Failed' }, '/thing is in a failed state.'],
  ])('is refused when it %s', async (_, found, message) => {
    expect(await apply(found)).toEqual({ code: 'ExistingResourceUnusable', message });
  });

  it('is waited for while its owner changes it', async () => {
    expect(await apply({ state: 'Updating' })).toEqual({ kind: 'running', usualSeconds: 30, resourceId: '/thing' });
  });

  it('is never changed', async () => {
    const resource = keptByOthers(aResource(AS_WANTED));
    await expect(resource.update(AS_WANTED, [])).rejects.toThrow('/thing must not be changed.');
  });

  it('has a plan that creates nothing', async () => {
    expect(await inspectResource(keptByOthers(aResource(undefined)))).toMatchObject({
      action: 'unchanged',
      note: 'It does not exist.',
    });
  });
});

import { RestError } from '@azure/core-rest-pipeline';
import { expect, it } from 'vitest';
import { observeResource, RECOVERY, repairOf } from '../../../src/activities/reconcile/observe-resource.ts';
import { AS_WANTED, aResource } from '../../support/a-resource.ts';

it('a resource that Azure does not find is absent', async () => {
  expect(await observeResource(aResource(undefined))).toEqual({ state: 'absent' });
});

it('a resource that may not be read is not taken for absent', async () => {
  const forbidden = new RestError('no', { statusCode: 403 });
  const resource = aResource(undefined, { get: () => Promise.reject(forbidden) });
  await expect(observeResource(resource)).rejects.toBe(forbidden);
});

it.each(['Failed', 'failed', 'Canceled', 'CANCELED'])('a resource in the state %s has failed', async (state) => {
  const found = { ...AS_WANTED, state };
  expect(await observeResource(aResource(found))).toEqual({ state: 'failed', found, provisioningState: state });
});

it.each([
  'Creating',
  'Updating',
  'Deleting',
  'FailedOver',
  'NotFailed',
  'PreCanceled',
  'SucceededSoon',
  'NotSucceeded',
])('Azure works on a resource in the state %s', async (state) => {
  const found = { ...AS_WANTED, state };
  expect(await observeResource(aResource(found))).toEqual({ state: 'working', found, provisioningState: state });
});

it.each(['Succeeded', 'succeeded', undefined])('a resource in the state %s is ready', async (state) => {
  const found = { ...AS_WANTED, size: 2, ...(state !== undefined && { state }) };
  const differences = [{ property: 'size', from: '2', to: '3' }];
  expect(await observeResource(aResource(found))).toEqual({ state: 'ready', found, differences });
});

it('a repair and a recovery are shown as changes', () => {
  expect(repairOf('Canceled')).toEqual({ property: 'provisioningState', from: 'Canceled', to: 'Succeeded' });
  expect(RECOVERY).toEqual({ property: 'recovered', from: 'deleted', to: 'recovered' });
});

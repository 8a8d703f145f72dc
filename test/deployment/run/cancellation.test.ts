import { describe, expect, it } from 'vitest';
import {
  CANCEL_EVENT,
  cancelledBy,
  cancelledError,
  cancelRequest,
  isCancelled,
} from '../../../src/deployment/run/cancellation.ts';

const ada = { id: 'object-id', name: 'Ada', kind: 'user' } as const;

describe('who asked to cancel', () => {
  it('goes with the event', () => {
    expect(cancelledBy(cancelRequest(ada))).toEqual(ada);
    expect(cancelRequest(undefined)).toStrictEqual({ requested: true });
    expect(cancelRequest(ada)).toStrictEqual({ requested: true, by: ada });
  });

  it.each([cancelRequest(undefined), { by: 'Ada' }, 'cancel', null, undefined])('is not known from %j', (event) => {
    expect(cancelledBy(event)).toBeUndefined();
  });
});

it('the event has the name that running deployments wait for', () => {
  expect(CANCEL_EVENT).toBe('cancel');
});

it('a cancelled deployment says what stays and how to go on', () => {
  const error = cancelledError('cluster');
  expect(error).toMatchObject({ step: 'cluster', code: 'DeploymentCancelled', class: 'permanent' });
  expect(error.message).toMatch(/What was created stays/);
  expect(error.remedy).toMatch(/Send the same request again/);
  expect(isCancelled(error)).toBe(true);
  expect(isCancelled({ ...error, code: 'Conflict' })).toBe(false);
  expect(isCancelled(undefined)).toBe(false);
});

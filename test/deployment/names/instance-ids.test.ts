import { describe, expect, it } from 'vitest';
import * as ids from '../../../src/deployment/names/instance-ids.ts';

// They are stored: another text would lose what is running.
it.each([
  [ids.deploymentInstanceId('a-1'), ids.deploymentInstancePrefix, 'd:a-1', { id: 'a-1' }],
  [ids.undoInstanceId('a-1'), ids.undoInstancePrefix, 'u:a-1', { id: 'a-1' }],
  [ids.driftInstanceId('a-1'), ids.driftInstancePrefix, 'r:a-1', { id: 'a-1' }],
  [ids.callbackInstanceId('a-1', 'r1'), ids.callbackInstancePrefix, 'c:a-1:r1', { id: 'a-1', run: 'r1' }],
  [ids.expiryInstanceId('a-1', 'r1'), ids.expiryInstancePrefix, 'e:a-1:r1', { id: 'a-1', run: 'r1' }],
  [ids.followInstanceId('a-1', 'r1', false), ids.followInstancePrefix, 'f:a-1:r1', { id: 'a-1', run: 'r1' }],
  [ids.followInstanceId('a-1', 'r1', true), ids.followInstancePrefix, 'f:a-1:r1:delete', { id: 'a-1', run: 'r1' }],
  [
    ids.branchInstanceId('a-1', 'r1', 'cluster'),
    ids.branchInstancePrefix,
    's:a-1:r1:cluster',
    { id: 'a-1', run: 'r1' },
  ],
])('%s', (instanceId, prefix, text, identity) => {
  expect(instanceId).toBe(text);
  expect(text.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(2);
  expect(ids.identityOfInstance(instanceId)).toEqual(identity);
});

it('there is one check for drift', () => {
  expect(ids.DRIFT_CHECK_INSTANCE_ID).toBe('drift-check');
});

it.each([ids.DRIFT_CHECK_INSTANCE_ID, 'x:a', 'a', '', 's:a', 'c:a', 'e:a'])(
  '%j belongs to no deployment',
  (instanceId) => {
    expect(ids.identityOfInstance(instanceId)).toBeUndefined();
  },
);

describe.each([
  ['deployment', ids.deploymentIdOf, 'd:a-1', 'a-1'],
  ['drift report', ids.driftIdOf, 'r:a-1', 'a-1'],
  ['callback', ids.callbackIdentityOf, 'c:a-1:r1', { id: 'a-1', run: 'r1' }],
  ['expiry', ids.expiryIdentityOf, 'e:a-1:r1', { id: 'a-1', run: 'r1' }],
  ['branch', ids.branchIdentityOf, 's:a-1:r1:cluster', { id: 'a-1', run: 'r1' }],
] as const)('the instance id of a %s', (_, read, instanceId, identity) => {
  it('names what it belongs to', () => {
    expect(read(instanceId)).toEqual(identity);
  });

  it.each(
    ['d:a-1', 'u:a-1', 'r:a-1', 'c:a-1:r1', 'e:a-1:r1', 's:a-1:r1:cluster', 'a-1'].filter((id) => id !== instanceId),
  )('is not %s', (other) => {
    expect(read(other)).toBeUndefined();
  });
});

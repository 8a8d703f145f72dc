import { describe, expect, it } from 'vitest';
import { findGroupUser } from '../../src/task-hub/group-users.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from './made-up-hub.ts';

const own = { id: 'mine', subscriptionId: SUBSCRIPTION, resourceGroupName: 'Team-A' };

const at = (instanceId: string, runtimeStatus: string, group: Partial<typeof own> = {}) =>
  anInstance(instanceId, runtimeStatus, { input: { deployment: { ...own, id: 'whatever', ...group } } });

describe('who is at work in a resource group', () => {
  it.each(['Pending', 'Running', 'Suspended', 'ContinuedAsNew'])('a deployment that is %s', async (runtimeStatus) => {
    expect(await findGroupUser(new MadeUpHub(at('d:other', runtimeStatus)), own)).toEqual({
      id: 'other',
      doing: 'running',
    });
  });

  it('a deployment that is being deleted', async () => {
    const hub = new MadeUpHub(at('d:other', 'Completed'), at('u:other', 'Running'));
    expect(await findGroupUser(hub, own)).toEqual({ id: 'other', doing: 'being deleted' });
  });

  it('whatever the case of its letters', async () => {
    const hub = new MadeUpHub(at('d:other', 'Running', { resourceGroupName: 'team-a' }));
    expect(await findGroupUser(hub, own)).toMatchObject({ id: 'other' });
  });

  it.each([
    ['one that has ended', at('d:other', 'Completed')],
    ['the deployment itself', at('d:mine', 'Running')],
    ['its own deletion', at('u:mine', 'Running')],
    ['one in another group', at('d:other', 'Running', { resourceGroupName: 'team-b' })],
    ['one in another subscription', at('d:other', 'Running', { subscriptionId: 'another' })],
    ['a record that does not say where it is', anInstance('d:other', 'Running', { input: {} })],
  ])('not %s', async (_, instance) => {
    expect(await findGroupUser(new MadeUpHub(instance), own)).toBeUndefined();
  });
});

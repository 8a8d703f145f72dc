import { describe, expect, it } from 'vitest';
import { lockImplementation } from '../../src/activities/lock.ts';
import { lock } from '../../src/steps/lock.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, OWN_TAGS, stepInput } from '../support/call-activity.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';
import { type AGroup, RESOURCES, scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

const idOf = (scope: string, name = 'airflow-on-aks-air') => `${scope}/providers/Microsoft.Authorization/locks/${name}`;
const aLock = (scope: string, level = 'CanNotDelete', name?: string) => ({
  id: idOf(scope, name),
  name: name ?? 'airflow-on-aks-air',
  properties: { level },
});

const GROUP_LOCK = idOf(GROUP);
const STORAGE = RESOURCES.storage.resourceId;
const IDENTITY = RESOURCES.identity.resourceId;

const input = (body: object) => stepInput(lock, deploymentAir({ lock: 'CanNotDelete', ...body }));

const inspect = (state: AGroup, body: object = {}) => {
  scriptGroup(azure, state);
  return lockImplementation.inspect(input(body));
};

const apply = (state: AGroup, body: object = {}) => {
  scriptGroup(azure, state);
  for (const scope of [GROUP, STORAGE, IDENTITY]) azure.on(`PUT ${idOf(scope)}`, { body: {} });
  return callActivity(lockImplementation.activity, input(body));
};

const puts = () => azure.routes.filter((route) => route.startsWith('PUT ')).map((route) => route.slice(4));

const done = (rest: object) => ({ kind: 'done', value: {}, ...rest });

describe('a group that the deployment has created', () => {
  const OWN: AGroup = { group: OWN_TAGS };

  it.each([
    ['exists', OWN],
    ['does not exist yet', {}],
  ])('and that %s is locked as a whole', async (_, state) => {
    expect(await inspect(state)).toEqual({ action: 'create', changes: [], resourceId: GROUP_LOCK });
    expect(await apply(state)).toEqual(done({ change: 'created', resourceId: GROUP_LOCK }));
    expect(puts()).toEqual([GROUP_LOCK]);
    expect(azure.request(`PUT ${GROUP_LOCK}`).body).toMatchObject({ properties: { level: 'CanNotDelete' } });
  });

  it('stays locked', async () => {
    const state = { ...OWN, locks: [aLock(STORAGE), { ...aLock(GROUP), id: GROUP_LOCK.toUpperCase() }] };
    expect(await inspect(state)).toEqual({ action: 'unchanged', changes: [], resourceId: GROUP_LOCK, value: {} });
    expect(await apply(state)).toEqual(done({ change: 'unchanged', resourceId: GROUP_LOCK }));
    expect(puts()).toEqual([]);
  });

  it('gets another level', async () => {
    const state = { ...OWN, locks: [aLock(GROUP, 'ReadOnly')] };
    expect(await inspect(state)).toEqual({
      action: 'update',
      changes: [{ property: 'level', from: 'ReadOnly', to: 'CanNotDelete' }],
      resourceId: GROUP_LOCK,
      value: {},
    });
    expect(await apply(state)).toEqual(done({ change: 'updated', changed: ['level'], resourceId: GROUP_LOCK }));
    expect(puts()).toEqual([GROUP_LOCK]);
  });

  it('is not locked by the lock of somebody else', async () => {
    const state = { ...OWN, locks: [aLock(GROUP, 'CanNotDelete', 'airflow-on-aks-other')] };
    expect(await inspect(state)).toMatchObject({ action: 'create' });
  });
});

describe('in a group of somebody else', () => {
  const THEIRS: AGroup = { group: {}, resources: { storage: OWN_TAGS, identity: OWN_TAGS, registry: {} } };

  it('each resource of the deployment is locked', async () => {
    expect(await inspect(THEIRS)).toEqual({ action: 'create', changes: [], resourceId: idOf(STORAGE) });
    expect(await apply(THEIRS)).toEqual(done({ change: 'created', resourceId: idOf(STORAGE) }));
    expect(puts()).toEqual([idOf(STORAGE), idOf(IDENTITY)]);
  });

  it('what is missing is added, what differs changed', async () => {
    const state = { ...THEIRS, locks: [aLock(STORAGE, 'ReadOnly')] };
    expect(await inspect(state)).toEqual({ action: 'create', changes: [], resourceId: idOf(STORAGE) });
    expect(await apply(state)).toEqual(done({ change: 'created', resourceId: idOf(STORAGE) }));
    expect(puts()).toEqual([idOf(STORAGE), idOf(IDENTITY)]);
  });

  it('what is locked stays so', async () => {
    const locks = [aLock(STORAGE), aLock(IDENTITY, 'ReadOnly')];
    expect(await inspect({ ...THEIRS, locks })).toMatchObject({
      action: 'update',
      changes: [{ property: 'level', from: 'ReadOnly', to: 'CanNotDelete' }],
    });
    expect(await apply({ ...THEIRS, locks })).toMatchObject({ change: 'updated', changed: ['level'] });
    expect(puts()).toEqual([idOf(IDENTITY)]);
  });

  it('nothing is locked while nothing is there', async () => {
    expect(await inspect({ group: {} })).toEqual({ action: 'create', changes: [], resourceId: GROUP_LOCK });
    expect(await apply({ group: {} })).toEqual(done({ change: 'unchanged', resourceId: GROUP_LOCK }));
  });
});

it('a group that holds what the deployment uses of somebody else is not locked as a whole', async () => {
  const existing = { registryId: RESOURCES.registry.resourceId };
  const state = { group: OWN_TAGS, resources: { storage: OWN_TAGS } };
  expect(await inspect(state, { registryName: undefined, existing })).toMatchObject({ resourceId: idOf(STORAGE) });
});

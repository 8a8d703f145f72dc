import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deleteResourceActivity, purgeVaultActivity } from '../../src/activities/delete-resource.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, OWN_TAGS, operationHeaders, operationUrl } from '../support/call-activity.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { RESOURCES, scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const GET = `GET ${ACCOUNT}`;
const DELETE = `DELETE ${ACCOUNT}`;
const POLL = `GET ${operationUrl('delete').replace('https://management.azure.com', '')}`;
const OPERATION = { url: operationUrl('delete'), kind: 'status' };
const SENT = JSON.stringify({ operation: OPERATION });

const remove = (checkpoint?: string, rest: object = {}) =>
  callActivity(
    deleteResourceActivity,
    { subscriptionId: SUBSCRIPTION, resourceId: ACCOUNT, apiVersion: '2025-01-01', usualSeconds: 50, ...rest },
    { ...(checkpoint !== undefined && { checkpoint }) },
  );

const WAIT = { kind: 'wait', requeueAfterSeconds: 30, resourceId: ACCOUNT };
const SENDS = { ...WAIT, wrote: true };
const exists = (): void => azure.on(GET, { body: { id: ACCOUNT } });

describe('a resource', () => {
  it('is deleted by the version of its API', async () => {
    exists();
    azure.on(DELETE, { status: 202, headers: operationHeaders('delete') });
    expect(await remove()).toEqual({ ...SENDS, checkpoint: SENT });
    expect(azure.requests.map(({ query }) => query['api-version'])).toEqual(['2025-01-01', '2025-01-01']);
  });

  it('may be deleted without an operation to follow', async () => {
    exists();
    azure.on(DELETE, 200);
    expect(await remove()).toEqual({ ...SENDS, checkpoint: '{}' });
    expect(await remove('{}')).toEqual(WAIT);
    expect(azure.routes).toEqual([GET, DELETE, GET]);
  });

  it('is waited for until it is gone', async () => {
    exists();
    azure.on(POLL, { body: { status: 'InProgress' } });
    expect(await remove(SENT)).toEqual(WAIT);
    expect(azure.routes).toEqual([GET, POLL]);
    azure.on(GET, NOT_FOUND);
    const gone = { kind: 'done', value: {}, resourceId: ACCOUNT };
    expect(await remove(SENT)).toEqual({ ...gone, change: 'deleted' });
    expect(await remove()).toEqual({ ...gone, change: 'unchanged' });
    expect(await remove('null')).toEqual({ ...gone, change: 'unchanged' });
  });

  it('counts as deleted when it is gone though the answer was lost, and is deleted again when it is not', async () => {
    exists();
    azure.on(DELETE, 'reset', { status: 202, headers: operationHeaders('delete') });
    const lost = await remove();
    expect(lost).toMatchObject({ kind: 'wait', error: { code: 'ECONNRESET', class: 'transient' } });
    const { checkpoint } = z.object({ checkpoint: z.string() }).parse(lost);
    expect(await remove(checkpoint)).toEqual({ ...SENDS, checkpoint: SENT });
    azure.on(GET, NOT_FOUND);
    expect(await remove(checkpoint)).toMatchObject({ kind: 'done', change: 'deleted' });
  });

  it('whose deletion failed is deleted again', async () => {
    exists();
    azure.on(POLL, { body: { status: 'Failed', error: { code: 'InternalServerError', message: 'Sorry.' } } });
    expect(await remove(SENT)).toMatchObject({
      kind: 'wait',
      error: { code: 'InternalServerError', message: 'Sorry.' },
      checkpoint: 'null',
    });
    azure.on(DELETE, { status: 202, headers: operationHeaders('delete') });
    expect(await remove('null')).toEqual({ ...SENDS, checkpoint: SENT });
  });

  it('that is locked stays; the lock of the deployment may stay in force for a while', async () => {
    exists();
    azure.on(DELETE, azureError(409, 'ScopeLocked', 'There is a lock.'));
    expect(await remove()).toMatchObject({ kind: 'failed', error: { code: 'ScopeLocked' } });
    expect(await remove(undefined, { unlocked: false })).toMatchObject({ kind: 'failed' });
    expect(await remove(undefined, { unlocked: true })).toMatchObject({
      kind: 'wait',
      error: { code: 'LockStillInForce', message: expect.stringContaining('There is a lock.') },
    });
  });

  it('that may not be deleted stays, also when a lock was on it', async () => {
    exists();
    azure.on(DELETE, azureError(403, 'AuthorizationFailed', 'No.'));
    expect(await remove(undefined, { unlocked: true })).toMatchObject({
      kind: 'failed',
      error: { code: 'AuthorizationFailed' },
    });
  });
});

describe('a resource of the deployment', () => {
  const standing = (tags: object) => azure.on(GET, { body: { id: ACCOUNT, tags } });
  const changed = { kind: 'failed', error: { code: 'OwnerTagChanged', message: expect.stringContaining(ACCOUNT) } };

  it('is deleted as long as it carries the tag', async () => {
    standing(OWN_TAGS);
    azure.on(DELETE, 200);
    expect(await remove(undefined, { owner: 'air' })).toMatchObject({ kind: 'wait' });
  });

  it.each([
    ['it lost its tags', {}],
    ['another deployment made it anew', { 'airflow-on-aks-deployment': 'other' }],
  ])('is not deleted when %s since it was found', async (_, tags) => {
    standing(tags);
    expect(await remove(undefined, { owner: 'air' })).toMatchObject(changed);
    expect(azure.routes).toEqual([GET]);
  });

  it('that is a group is deleted only with what is its own, and nothing that came since', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { storage: OWN_TAGS } });
    azure.on(`DELETE ${GROUP}`, 202);
    const group = { resourceId: GROUP, owner: 'air' };
    expect(await remove(undefined, group)).toMatchObject({ kind: 'wait' });
    scriptGroup(azure, { group: OWN_TAGS, resources: { storage: OWN_TAGS, identity: {} } });
    expect(await remove(undefined, group)).toMatchObject({
      kind: 'failed',
      error: { code: 'OwnerTagChanged', message: expect.stringContaining(RESOURCES.identity.resourceId) },
    });
    // The list still shows the tag of what was made anew.
    azure.on(`GET ${GROUP}/resources`, { body: { value: [{ id: ACCOUNT, tags: OWN_TAGS }] } });
    standing({});
    expect(await remove(undefined, group)).toMatchObject(changed);
    expect(azure.routes.filter((route) => route === `DELETE ${GROUP}`)).toHaveLength(1);
  });
});

describe('a vault that was deleted', () => {
  const DELETED = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`;

  const purge = (checkpoint?: string) =>
    callActivity(
      purgeVaultActivity,
      { subscriptionId: SUBSCRIPTION, location: 'canadacentral', keyVaultName: 'kvair' },
      { ...(checkpoint !== undefined && { checkpoint }) },
    );

  it('is purged', async () => {
    azure.on(`GET ${DELETED}`, { body: { properties: {} } }, NOT_FOUND);
    azure.on(`POST ${DELETED}/purge`, { status: 202, headers: operationHeaders('delete') });
    expect(await purge()).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 18,
      resourceId: DELETED,
      checkpoint: SENT,
      wrote: true,
    });
    expect(await purge(SENT)).toEqual({ kind: 'done', value: {}, change: 'deleted', resourceId: DELETED });
  });

  it('is not purged when it is not the deployment’s own any more', async () => {
    azure.on(`GET ${DELETED}`, { body: { properties: { tags: {} } } });
    const input = { subscriptionId: SUBSCRIPTION, location: 'canadacentral', keyVaultName: 'kvair', owner: 'air' };
    expect(await callActivity(purgeVaultActivity, input)).toMatchObject({
      kind: 'failed',
      error: { code: 'OwnerTagChanged' },
    });
  });

  it('may be gone already', async () => {
    azure.on(`GET ${DELETED}`, NOT_FOUND);
    expect(await purge()).toEqual({ kind: 'done', value: {}, change: 'unchanged', resourceId: DELETED });
  });
});

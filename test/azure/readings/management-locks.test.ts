import { describe, expect, it } from 'vitest';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { listLocks, putLock } from '../../../src/azure/readings/management-locks.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GROUP = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg';

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('management locks', () => {
  const LOCKS = `GET ${GROUP}/providers/Microsoft.Authorization/locks`;
  const lock = (name: string) => ({
    id: `${GROUP}/locks/${name}`,
    name,
    properties: { level: 'ReadOnly', notes: 'n' },
  });

  it('are listed page by page', async () => {
    const nextLink = `https://management.azure.com${GROUP}/providers/Microsoft.Authorization/locks?page=2`;
    azure.on(LOCKS, { body: { value: [lock('a')], nextLink } }, { body: { value: [lock('b')] } });
    expect(await listLocks(GROUP)).toEqual([
      { id: `${GROUP}/locks/a`, name: 'a', level: 'ReadOnly' },
      { id: `${GROUP}/locks/b`, name: 'b', level: 'ReadOnly' },
    ]);
    expect(azure.requests.map(({ query }) => query)).toEqual([{ 'api-version': '2020-05-01' }, { page: '2' }]);
  });

  it('in force are those at and above a scope', async () => {
    azure.on(LOCKS, { body: { value: [], nextLink: null } });
    expect(await listLocks(GROUP, true)).toEqual([]);
    expect(azure.requests[0]?.query).toEqual({ $filter: 'atScope()', 'api-version': '2020-05-01' });
  });

  it('are none where the scope does not exist', async () => {
    azure.on(LOCKS, NOT_FOUND);
    expect(await listLocks(GROUP)).toEqual([]);
    azure.on(LOCKS, azureError(403, 'AuthorizationFailed'));
    expect(await failureOf(listLocks(GROUP))).toMatchObject({ code: 'AuthorizationFailed' });
  });

  it('are not read on at another host', async () => {
    azure.on(LOCKS, { body: { value: [], nextLink: 'https://evil.example/x' } });
    await expect(listLocks(GROUP)).rejects.toThrow('A list of locks goes on elsewhere.');
    expect(azure.routes).toHaveLength(1);
  });

  it('are put with a note that says who did', async () => {
    const route = `PUT ${GROUP}/providers/Microsoft.Authorization/locks/mine`;
    azure.on(route, { status: 201, body: {} });
    await putLock(GROUP, 'mine', 'CanNotDelete');
    expect(azure.request(route).query).toEqual({ 'api-version': '2020-05-01' });
    expect(azure.request(route).body).toEqual({
      properties: { level: 'CanNotDelete', notes: expect.stringContaining('Airflow on AKS') },
    });
  });
});

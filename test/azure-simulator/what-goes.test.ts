import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Fixture, GROUP, startFixture } from './fixture.ts';
import { ACR_PULL, G, good, S, url, VERSIONS } from './validation/requests.ts';

const PRINCIPAL = '99999999-8888-4777-8666-555555555555';

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
});
afterEach(() => azure.close());

const assignTo = (scope: string) =>
  azure.send('PUT', url.assignment(randomUUID(), scope), {
    properties: { roleDefinitionId: ACR_PULL, principalId: PRINCIPAL, principalType: 'ServicePrincipal' },
  });

const namesAt = async (kind: string, scope: string, query: string) => {
  const { body } = await azure.send('GET', `${scope}/providers/Microsoft.Authorization/${kind}?${query}`);
  return JSON.stringify(body);
};

test('the role assignments and locks on a resource go with it', async () => {
  const [identity = ''] = url.identity().split('?');
  await azure.send('PUT', url.identity(), good.identity);
  expect(await assignTo(identity)).toMatchObject({ status: 201 });
  expect(await azure.send('PUT', url.lock('noted', identity), { properties: { level: 'NotSpecified' } })).toMatchObject(
    { status: 201 },
  );
  expect(await azure.send('DELETE', url.identity())).toMatchObject({ status: 200 });
  await azure.send('PUT', url.identity(), good.identity);
  expect(await namesAt('roleAssignments', identity, VERSIONS.roles)).not.toContain(PRINCIPAL);
  expect(await namesAt('locks', identity, VERSIONS.locks)).not.toContain('noted');
});

test('the role assignments in a resource group go with it', async () => {
  expect(await assignTo(G)).toMatchObject({ status: 201 });
  await azure.done(azure.resources.resourceGroups.delete(GROUP));
  await azure.send('PUT', url.group(), good.group);
  expect(await namesAt('roleAssignments', G, VERSIONS.roles)).not.toContain(PRINCIPAL);
});

test('after a purge a vault of the same name begins without the secrets of the former', async () => {
  const secret = { properties: { value: 'of the former' } };
  await azure.send('PUT', url.vault(), good.vault);
  expect(await azure.send('PUT', url.vault(undefined, '/secrets/one'), secret)).toMatchObject({ status: 201 });
  await azure.send('DELETE', url.vault());
  await azure.done(azure.vaults.vaults.purgeDeleted('airflow-kv', good.vault.location));
  await azure.send('PUT', url.vault(), good.vault);
  expect(await azure.send('PUT', url.vault(undefined, '/secrets/one'), secret)).toMatchObject({ status: 201 });
});

test('a reset forgets assignments, spent requests and signing keys too', async () => {
  const ofPrincipal = () =>
    namesAt('roleAssignments', S, `${VERSIONS.roles}&$filter=${encodeURIComponent(`principalId eq '${PRINCIPAL}'`)}`);
  const token = async () => String((await azure.control('POST', 'tokens', {})).body.access_token).split('.')[0];
  const left = async () =>
    Number((await azure.send('GET', url.group())).headers['x-ms-ratelimit-remaining-subscription-reads']);
  await assignTo(S);
  expect(await ofPrincipal()).toContain(PRINCIPAL);
  const keyBefore = await token();
  const burst = await Promise.all(Array.from({ length: 100 }, () => azure.held(left)));
  expect(Math.min(...burst)).toBeLessThan(230);
  await azure.control('POST', 'reset', {});
  expect(await left()).toBe(249);
  expect(await ofPrincipal()).not.toContain(PRINCIPAL);
  expect(await token()).not.toBe(keyBefore);
});

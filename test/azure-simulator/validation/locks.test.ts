import { expect, test } from 'vitest';
import { LOCKS_COVERAGE } from '../../../local/azure-simulator/providers/authorization/coverage.ts';
import { type Fixture, startFixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { G, good, S, url, VERSIONS } from './requests.ts';

const put = { method: 'PUT', url: url.lock() };
const invalid = { status: 400, code: 'InvalidRequestContent' };

const REFUSALS: Refusal[] = [
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no level', ...put, body: { properties: {} }, ...invalid, says: "Required property 'level'" },
  { wrong: 'an unknown level', ...put, body: { properties: { level: 'Locked' } }, ...invalid },
  {
    wrong: 'notes that are too long',
    ...put,
    body: { properties: { level: 'ReadOnly', notes: 'x'.repeat(513) } },
    ...invalid,
  },
  { wrong: 'a name with a colon', ...put, url: url.lock('a:b'), body: good.lock, status: 400, code: 'InvalidLockName' },
  {
    wrong: 'a scope that is not there',
    ...put,
    url: url.lock(undefined, `${S}/resourceGroups/none`),
    body: good.lock,
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  {
    wrong: 'a caller who may not lock',
    ...put,
    body: good.lock,
    given: (azure) => azure.control('POST', 'caller', { roles: ['Contributor'] }),
    status: 403,
    code: 'AuthorizationFailed',
    says: "'Microsoft.Authorization/locks/write'",
  },
  { wrong: 'a lock that is not there', method: 'GET', url: url.lock('none'), status: 404, code: 'LockNotFound' },
  {
    wrong: 'a filter that is not understood',
    method: 'GET',
    url: `${G}/providers/Microsoft.Authorization/locks?$filter=${encodeURIComponent("level eq 'ReadOnly'")}&${VERSIONS.locks}`,
    status: 400,
    code: 'InvalidFilterInQueryString',
  },
];

testRefusals(LOCKS_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);

const using = async (work: (azure: Fixture) => Promise<void>): Promise<void> => {
  const azure = await startFixture();
  try {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.account(), good.account);
    await azure.clock.sleep(3_600_000);
    await work(azure);
  } finally {
    await azure.close();
  }
};

const account = url.account().replace(/\?.*/, '');

test('CanNotDelete is inherited, and lets everything be changed', () =>
  using(async (azure) => {
    expect((await azure.send('PUT', url.lock(), good.lock)).status).toBe(201);
    expect((await azure.send('PUT', url.lock(), good.lock)).status).toBe(200);
    expect(await azure.send('DELETE', url.account())).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'ScopeLocked',
          message: `The scope '${account}' cannot perform delete operation because following scope(s) are locked: '${G}'. Please remove the lock and try again.`,
        },
      },
    });
    expect((await azure.send('DELETE', url.group())).status).toBe(409);
    expect((await azure.send('PATCH', url.account(), { tags: { a: 'b' } })).status).toBe(200);
    expect((await azure.send('POST', url.account(undefined, '/listKeys'))).status).toBe(200);
    expect((await azure.send('PUT', url.assignment(), good.assignment)).status).toBe(201);
    expect((await azure.send('DELETE', url.assignment())).status).toBe(409);
    expect((await azure.send('DELETE', url.lock())).status).toBe(200);
    expect((await azure.send('DELETE', url.account())).status).toBe(200);
  }));

test('ReadOnly forbids changes and the reading of keys as well, questions not', () =>
  using(async (azure) => {
    await azure.send('PUT', url.lock(undefined, account), { properties: { level: 'ReadOnly' } });
    expect(await azure.send('POST', url.account(undefined, '/listKeys'))).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining(`'${account}' cannot perform write operation`) } },
    });
    expect((await azure.send('PATCH', url.account(), { tags: {} })).status).toBe(409);
    expect((await azure.send('PUT', url.container(), good.container)).status).toBe(409);
    expect((await azure.send('GET', url.account())).status).toBe(200);
    // What holds something locked cannot be deleted, but changed.
    expect((await azure.send('DELETE', url.group())).status).toBe(409);
    expect((await azure.send('PATCH', url.group(), { tags: { a: 'b' } })).status).toBe(200);
    const check = `${G}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?${VERSIONS.policies}`;
    await azure.send('PUT', url.lock(), { properties: { level: 'ReadOnly' } });
    expect((await azure.send('POST', check, { resourceDetails: { resourceContent: {} } })).status).toBe(200);
  }));

test('a list has the locks at, above and below a scope, or those that hold there', () =>
  using(async (azure) => {
    await azure.send('PUT', url.lock('a', S), good.lock);
    await azure.send('PUT', url.lock('b'), good.lock);
    await azure.send('PUT', url.lock('c', account), good.lock);
    const list = async (filter = '') => {
      const { body } = await azure.send(
        'GET',
        `${G}/providers/Microsoft.Authorization/locks?${filter}${VERSIONS.locks}`,
      );
      return JSON.stringify(body).match(/locks\/\w/g);
    };
    expect(await list()).toEqual(['locks/a', 'locks/b', 'locks/c']);
    expect(await list('$filter=atScope()&')).toEqual(['locks/a', 'locks/b']);
  }));

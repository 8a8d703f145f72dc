import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIMULATED_API_CLIENT_ID, SIMULATED_TENANT_ID } from '../../../local/azure-simulator/azure-simulator.ts';
import { jsonSchemas } from '../../../src/contract/schemas.ts';
import { inProcess } from '../../cli-client/in-process.ts';
import { ALL, callerWith, ENTRA_SETTINGS, ROUTES, registeredRoutes, tokenOf } from '../../support/callers.ts';
import { TestWorld } from '../../support/world.ts';

for (const [name, value] of Object.entries(ENTRA_SETTINGS)) vi.stubEnv(name, value);

const directory = mkdtempSync(join(tmpdir(), 'callers-'));
let world: TestWorld;
beforeAll(async () => {
  world = await TestWorld.start({ auth: true, store: join(directory, 'hub.sqlite') });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
  rmSync(directory, { recursive: true });
});

const routes = await registeredRoutes();
const wanted = (name: string) => Object.entries(ROUTES).find(([route]) => route === name)?.[1];

const ask = async (path: string, method: string, authorization?: string) => {
  const response = await fetch(`${world.host.url}${path}`, {
    method,
    headers: authorization === undefined ? {} : { authorization },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that will not do opens no route', () => {
  const bad: [string, () => Promise<string | undefined>, RegExp][] = [
    ['none', async () => undefined, /carries no bearer token/],
    ['a function key instead', async () => `Basic ${world.key}`, /carries no bearer token/],
    ['garbage', async () => 'Bearer garbage', /not a signed token/],
    ['two tokens', async () => `Bearer ${await tokenOf(world, { roles: ALL })}, x`, /carries no bearer token/],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await tokenOf(world)).split('.');
        const [, payload = ''] = (await tokenOf(world, { roles: ALL })).split('.');
        return `Bearer ${header}.${payload}.${signature}`;
      },
      /signature is wrong/,
    ],
    [
      'alg none',
      async () => {
        const [, payload] = (await tokenOf(world, { roles: ALL })).split('.');
        return `Bearer ${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
      },
      /not signed with RS256/,
    ],
    [
      'a key of somebody else under a known name',
      async () => {
        const [header = '', payload = ''] = (await tokenOf(world, { roles: ALL })).split('.');
        const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        return `Bearer ${await new SignJWT(read(payload)).setProtectedHeader(read(header)).sign(privateKey)}`;
      },
      /signature is wrong/,
    ],
    [
      'the public key as a secret (HS256)',
      async () => {
        const [, payload = ''] = (await tokenOf(world, { roles: ALL })).split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
        return `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1))}`;
      },
      /not signed with RS256/,
    ],
    ['expired', () => bearer({ lifetimeSeconds: -120 }), /has expired/],
    ['not valid yet', () => bearer({ notBeforeSeconds: 300 }), /not valid yet/],
    [
      'a foreign tenant',
      () => bearer({ tenantId: '99999999-0000-4000-8000-000000000000' }),
      /another issuer or tenant/,
    ],
    ['another audience', () => bearer({ audience: 'https://management.azure.com' }), /another audience/],
  ];
  const bearer = async (asked: object) => `Bearer ${await tokenOf(world, { roles: ALL, ...asked })}`;

  it.each(bad)('%s', async (_, make, why) => {
    const authorization = await make();
    for (const { name, method, path } of routes) {
      const answer = await ask(path, method, authorization);
      if (wanted(name) === 'anybody') {
        expect([200, 302], name).toContain(answer.status);
        continue;
      }
      expect(answer.status, name).toBe(401);
      expect(JSON.parse(answer.text), name).toMatchObject({
        type: 'urn:airflow-on-aks:problem:unauthenticated',
        detail: expect.stringMatching(why),
      });
      expect(answer.headers.get('www-authenticate')).toContain(
        `Bearer realm="airflow-on-aks", authorization_uri="https://login.microsoftonline.com/${SIMULATED_TENANT_ID}/`,
      );
      expect(answer.headers.get('www-authenticate')?.includes('error="invalid_token"')).toBe(
        !/no bearer/.test(why.source),
      );
    }
  });
});

describe('a role opens what the table says', () => {
  it.each([['no role', []], ...ALL.map((role) => [role, [role]] as const)] as const)('%s', async (_, held) => {
    for (const version of ['1.0', '2.0']) {
      const authorization = `Bearer ${await tokenOf(world, { roles: held, version })}`;
      for (const { name, method, path } of routes) {
        const who = wanted(name);
        const answer = await ask(path, method, authorization);
        const opens = who === 'anybody' || held.some((role) => who?.includes(role));
        expect([name, answer.status === 403]).toEqual([name, !opens]);
        if (opens) expect(answer.status, name).not.toBe(401);
        else {
          const { type, detail, roles } = JSON.parse(answer.text);
          expect(type).toBe('urn:airflow-on-aks:problem:forbidden');
          expect(roles).toEqual(who);
          expect(detail).toContain(who?.length === 1 ? who[0] : 'an app role of this service');
        }
      }
    }
  });

  it('no function key helps', async () => {
    const response = await world.fetch('/api/deployments');
    expect(response.status).toBe(401);
  });

  it('the client id and the application ID URI are the same audience', async () => {
    const uri = await tokenOf(world, { roles: ALL, audience: `api://${SIMULATED_API_CLIENT_ID}` });
    expect((await ask('/api/deployments', 'GET', `Bearer ${uri}`)).status).toBe(200);
  });
});

describe('the keys', () => {
  const fetches = () => world.azure.requests('GET', '/discovery/v2.0/keys').length;

  it('are not fetched for each request', async () => {
    const before = fetches();
    for (let times = 0; times < 5; times++) {
      const token = await tokenOf(world, { roles: ALL });
      expect((await ask('/api/deployments', 'GET', `Bearer ${token}`)).status).toBe(200);
    }
    expect(fetches()).toBe(before);
  });
});

describe('who did what, and who sees it', () => {
  let ada: Awaited<ReturnType<typeof callerWith>>;
  let bob: typeof ada;
  let judge: typeof ada;
  let operator: typeof ada;

  beforeEach(async () => {
    ada = await callerWith(world, 'ada@example.com', ['Deployments.Deploy', 'Deployments.Destroy']);
    bob = await callerWith(world, 'bob@example.com', ['Deployments.Deploy', 'Deployments.Destroy']);
    judge = await callerWith(world, 'judge@example.com', ['Deployments.Approve', 'Deployments.Deploy']);
    operator = await callerWith(world, 'operator', ['Deployments.All', 'Deployments.Deploy', 'Deployments.Destroy'], {
      kind: 'application',
      version: '1.0',
    });
  });

  const body = (id: string, more: object = {}) => ({ id, resourceGroupName: `${id}-rg`, images: [], ...more });
  const ids = (text: string): string[] => JSON.parse(text).deployments.map(({ id }: { id: string }) => id);

  it("one's own is there, and nobody else's", async () => {
    expect((await ada.send('POST', 'deployments', body('of-ada'))).status).toBe(202);
    await world.instanceEnded('d:of-ada');
    const mine = await ada.send('GET', 'deployments/of-ada');
    expect(JSON.parse(mine.text)).toMatchObject({
      status: 'Succeeded',
      requestedBy: { name: 'ada@example.com', kind: 'user', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(ids((await ada.send('GET', 'deployments')).text)).toEqual(['of-ada']);
    expect(JSON.parse((await operator.send('GET', 'deployments/of-ada')).text).id).toBe('of-ada');
    expect(ids((await operator.send('GET', 'deployments')).text)).toContain('of-ada');

    expect(ids((await bob.send('GET', 'deployments')).text)).toEqual([]);
    const unknown = async (method: string, path: string, sent?: unknown) => {
      for (const other of [bob, judge]) {
        const seen = await other.send(method, `deployments/of-ada${path}`, sent);
        const nothing = await other.send(method, `deployments/of-adx${path}`, sent);
        expect([path, seen.status]).toEqual([path, nothing.status]);
        expect(seen.text).toBe(nothing.text.replaceAll('of-adx', 'of-ada'));
      }
    };
    for (const path of ['', '?wait=5', '/result', '/outputs', '/drift']) await unknown('GET', path);
    for (const path of ['/cancel', '/kubeconfig']) await unknown('POST', path, {});
    await unknown('POST', '/approve', {});
    await unknown('DELETE', '?confirm=of-ada-rg');
  });

  it('the answers are as the contract says, and the command line shows who asked', async () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'c', $defs: jsonSchemas({ target: 'draft-2020-12', at: 'c#/$defs/', closed: true }) });
    for (const [name, path] of [
      ['Deployment', 'deployments/of-ada'],
      ['DeploymentList', 'deployments'],
    ] as const) {
      const { text } = await ada.send('GET', path);
      expect(text).toContain('requestedBy');
      const valid = ajv.validate({ $ref: `c#/$defs/${name}` }, JSON.parse(text));
      expect([name, valid, ajv.errors]).toEqual([name, true, null]);
    }
    const url = world.host.url;
    const asAda = await inProcess(['status', 'of-ada'], { url, environment: { AIRFLOW_ON_AKS_TOKEN: ada.token } });
    expect(asAda.out).toMatch(/requested by +ada@example\.com/);
    const asNobody = await inProcess(['status', 'of-ada'], { url });
    expect([asNobody.code, asNobody.err]).toEqual([77, expect.stringContaining('AIRFLOW_ON_AKS_TOKEN')]);
  });

  it('what is created is tagged with the object id, no name', async () => {
    const { id } = JSON.parse((await ada.send('GET', 'deployments/of-ada')).text).requestedBy;
    const tagged = world.azure.simulator
      .resources()
      .filter(({ tags }) => tags?.['airflow-on-aks-deployment'] === 'of-ada');
    expect(tagged.length).toBeGreaterThanOrEqual(6);
    for (const { tags } of tagged) expect(tags?.['airflow-on-aks-requested-by']).toBe(id);
    expect(JSON.stringify(world.azure.simulator.resources())).not.toContain('ada@example.com');
  });

  it('a name that others have is taken, and the answer says nothing else', async () => {
    for (const [route, sent] of [
      ['deployments', body('of-ada')],
      ['deployments', { id: 'of-bob', resourceGroupName: 'OF-ADA-RG', images: [] }],
      ['plans', { id: 'of-bob', resourceGroupName: 'of-ada-rg', images: [] }],
      [
        'plans',
        body('of-bob', {
          existing: {
            registryId:
              '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/of-ada-rg/providers/Microsoft.ContainerRegistry/registries/somename',
          },
        }),
      ],
    ] as const) {
      const answer = await bob.send('POST', route, sent);
      expect([answer.status, JSON.parse(answer.text).type]).toEqual([409, 'urn:airflow-on-aks:problem:name-taken']);
      expect(answer.text).not.toMatch(/Succeeded|urls|ada@example/);
    }
    // Where the deployment is that has an id, only callers learn who may see it.
    const elsewhere = { ...body('of-ada'), resourceGroupName: 'elsewhere-rg' };
    for (const route of ['deployments', 'plans']) {
      expect((await bob.send('POST', route, elsewhere)).text).toMatch(/name-taken(?!.*of-ada-rg)/s);
      for (const caller of [ada, operator]) {
        expect((await caller.send('POST', route, elsewhere)).text).toMatch(/id-in-use.*of-ada-rg/s);
      }
    }
    // The same request by its owner, or by who reaches everything, goes on.
    expect((await ada.send('POST', 'deployments', body('of-ada'))).status).toBe(202);
    await world.instanceEnded('d:of-ada');
    expect((await operator.send('POST', 'deployments', body('of-ada'))).status).toBe(202);
    await world.instanceEnded('d:of-ada');
    const seen = JSON.parse((await ada.send('GET', 'deployments/of-ada')).text);
    expect(seen.requestedBy).toMatchObject({ name: 'operator', kind: 'application' });
    expect(seen.earlierRuns[0].requestedBy.name).toBe('ada@example.com');
  });

  it('what others have at work in the own resource group is not named', async () => {
    expect((await ada.send('POST', 'deployments', body('guest-of-ada'))).status).toBe(202);
    await world.instanceEnded('d:guest-of-ada');
    const release = world.clock.hold();
    const guest = { ...body('secret-guest'), resourceGroupName: 'guest-of-ada-rg' };
    expect((await operator.send('POST', 'deployments', guest)).status).toBe(202);
    const refused = await ada.send('DELETE', 'deployments/guest-of-ada?confirm=guest-of-ada-rg');
    expect([refused.status, JSON.parse(refused.text).type]).toEqual([
      409,
      'urn:airflow-on-aks:problem:resource-group-in-use',
    ]);
    expect(refused.text + JSON.stringify([...refused.headers])).not.toContain('secret-guest');
    const told = await operator.send('DELETE', 'deployments/guest-of-ada?confirm=guest-of-ada-rg');
    expect(told.text).toContain('secret-guest');
    release();
    await world.instanceEnded('d:secret-guest');
    expect((await operator.send('DELETE', 'deployments/secret-guest?confirm=guest-of-ada-rg')).status).toBe(202);
    const again = await ada.send('DELETE', 'deployments/guest-of-ada?confirm=guest-of-ada-rg');
    expect(again.text).not.toContain('secret-guest');
    await world.instanceEnded('u:secret-guest');
  });

  it('who cancelled and who deleted is shown, and what is deleted is free', async () => {
    const release = world.clock.hold();
    await ada.send('POST', 'deployments', body('of-ada-2'));
    const cancelled = world.after(60_000, () => operator.send('POST', 'deployments/of-ada-2/cancel', {}));
    release();
    expect((await cancelled).status).toBe(202);
    await world.instanceEnded('d:of-ada-2');
    expect(JSON.parse((await ada.send('GET', 'deployments/of-ada-2')).text)).toMatchObject({
      status: 'Cancelled',
      cancelledBy: { name: 'operator' },
    });
    expect((await ada.send('DELETE', 'deployments/of-ada-2?confirm=of-ada-2-rg')).status).toBe(202);
    await world.instanceEnded('u:of-ada-2');
    expect(JSON.parse((await ada.send('GET', 'deployments/of-ada-2')).text)).toMatchObject({
      status: 'Deleted',
      undo: { requestedBy: { name: 'ada@example.com' } },
    });
    expect((await bob.send('POST', 'deployments', body('of-ada-2'))).status).toBe(202);
    await world.instanceEnded('d:of-ada-2');
    expect(JSON.parse((await bob.send('GET', 'deployments/of-ada-2')).text)).toMatchObject({ earlierRuns: [] });
    expect((await ada.send('GET', 'deployments/of-ada-2')).status).toBe(404);
  });

  it('who approves sees what needs approval, decides in the own name, and gets no further', async () => {
    const release = world.clock.hold();
    await ada.send('POST', 'deployments', body('asks', { approval: { required: true } }));
    const looked = world.after(600_000, async () => {
      expect(ids((await judge.send('GET', 'deployments?status=AwaitingApproval')).text)).toEqual(['asks']);
      expect(JSON.parse((await judge.send('GET', 'deployments/asks')).text).status).toBe('AwaitingApproval');
      expect((await bob.send('GET', 'deployments/asks')).status).toBe(404);
      expect((await ada.send('POST', 'deployments/asks/approve', {})).status).toBe(403);
      expect((await judge.send('POST', 'deployments/asks/cancel', {})).status).toBe(404);
      expect((await judge.send('POST', 'deployments/asks/kubeconfig', {})).status).toBe(404);
      return judge.send('POST', 'deployments/asks/approve', { by: 'Ada Lovelace' });
    });
    release();
    const decided = await looked;
    expect(JSON.parse(decided.text).approval).toMatchObject({ by: 'judge@example.com', byVerified: true });
    await world.instanceEnded('d:asks');
  });

  it('a caller has no more running than the setting allows', async () => {
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '1');
    await world.azure.fail({ method: 'PUT', path: '/managedClusters/', action: { hangOperation: true } });
    expect((await bob.send('POST', 'deployments', body('bob-1'))).status).toBe(202);
    const second = await bob.send('POST', 'deployments', body('bob-2'));
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await bob.send('POST', 'deployments', body('bob-1'))).status).toBe(202);
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '');
    await world.host.hub.terminate('d:bob-1', 'test');
    await fetch(`${world.azure.simulator.url}/_simulator/faults`, { method: 'DELETE' });
  });

  it("who else is at work in one's own resource group is shown only to who reaches everything", async () => {
    await ada.send('POST', 'deployments', body('shared'));
    await world.instanceEnded('d:shared');
    const release = world.clock.hold();
    const guest = { id: 'guest', resourceGroupName: 'shared-rg', images: [] };
    expect((await operator.send('POST', 'deployments', guest)).status).toBe(202);
    const refused = await ada.send('DELETE', 'deployments/shared?confirm=shared-rg');
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.text).type).toBe('urn:airflow-on-aks:problem:resource-group-in-use');
    expect(refused.text).not.toContain('guest');
    expect(refused.headers.get('operation-location')).toBeNull();
    const told = await operator.send('DELETE', 'deployments/shared?confirm=shared-rg');
    expect([told.status, JSON.parse(told.text).detail]).toEqual([409, expect.stringContaining('"guest" is running')]);
    release();
    await world.instanceEnded('d:guest');
  });

  it('of those that were let in at the same moment no more are at work than the setting allows', async () => {
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '1');
    const ids = Array.from({ length: 3 }, (_, index) => `at-once-${index}`);
    const answers = await Promise.all(ids.map((id) => bob.send('POST', 'deployments', body(id))));
    const accepted = ids.filter((_, index) => answers[index]?.status === 202);
    expect(accepted).not.toEqual([]);
    const spans: { from: number; to: number }[] = [];
    for (const id of accepted) {
      await world.instanceEnded(`d:${id}`);
      const { steps } = JSON.parse((await bob.send('GET', `deployments/${id}`)).text);
      const at = (name: string, end: 'startedAt' | 'endedAt') =>
        Date.parse(steps.find((step: { name: string }) => step.name === name)[end]);
      spans.push({ from: at('resource-group', 'startedAt'), to: at('connect', 'endedAt') });
    }
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '');
    const [first, ...later] = spans.toSorted((a, b) => a.from - b.from);
    let end = first?.to ?? Number.NaN;
    for (const { from, to } of later) {
      expect(from).toBeGreaterThanOrEqual(end);
      end = to;
    }
  });

  it('no token is in the log or in the task hub', () => {
    const stored = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'latin1'));
    expect(stored.join('')).toContain('ada@example.com');
    const written = [...stored, ...world.logs].join('\n');
    const tokens = world.azure.simulator.secrets().filter(({ kind }) => kind === 'token');
    expect(tokens.map(({ value }) => value)).toContain(ada.token);
    expect(tokens.filter(({ value }) => written.includes(value.split('.')[2] ?? value))).toEqual([]);
  });
});

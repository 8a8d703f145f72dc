import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { inProcess } from '../cli-client/in-process.ts';
import { Gateway } from '../support/gateway.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';
import { TestWorld } from '../support/world.ts';

let world: TestWorld;
let gateway: Gateway;
let receiver: Receiver;

beforeAll(async () => {
  world = await TestWorld.start();
  gateway = await Gateway.start(() => world.host.url);
  receiver = await Receiver.start();
  vi.stubEnv('PUBLIC_BASE_URL', `${gateway.url}/`);
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', randomBytes(32).toString('base64'));
  vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${randomBytes(32).toString('base64')}`);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await gateway.close();
  await receiver.close();
  await world.close();
});

/** Every address of the service in a text. */
const addressesIn = (text: string): string[] => text.match(/https?:\/\/127\.0\.0\.1:\d+\/[^"\s]*/g) ?? [];

it('behind a gateway every address in answers is the gateway’s, and each of them works there', async () => {
  const root = `${gateway.url}/api`;
  const body = { resourceGroupName: 'gate', images: [], callbackUrl: receiver.url(), approval: { required: true } };
  const started = await fetch(`${root}/deployments`, { method: 'POST', body: JSON.stringify(body) });
  expect(started.status).toBe(202);
  expect(started.headers.get('location')).toBe(`${root}/deployments/gate/result`);
  const monitor = started.headers.get('operation-location') ?? '';
  expect(monitor).toBe(`${root}/deployments/gate`);

  const shown = await until('it waits for approval', async () => {
    const text = await (await fetch(monitor)).text();
    return text.includes('AwaitingApproval') ? text : undefined;
  });
  expect(addressesIn(shown).length).toBeGreaterThan(5);
  for (const address of addressesIn(shown)) expect(address).toMatch(new RegExp(`^${root}/`));
  // Asked directly, the service names the gateway too.
  expect(addressesIn(await (await world.fetch('/api/deployments/gate')).text())).toEqual(addressesIn(shown));

  const { urls } = JSON.parse(shown);
  expect((await fetch(urls.approve, { method: 'POST', body: '{"by":"Ada"}' })).status).toBe(200);
  expect((await world.ended('gate')).status).toBe('Succeeded');
  expect((await fetch(urls.result)).status).toBe(200);
  expect((await fetch(urls.outputs)).status).toBe(200);

  const told = await until('the callback', async () => receiver.received.at(-1)?.body);
  expect(JSON.parse(told).data.urls.status).toBe(monitor);

  await world.deploy({ resourceGroupName: 'gate-2', images: [] });
  const page = JSON.parse(await (await fetch(`${root}/deployments?top=1&code=secret`)).text());
  expect(page.nextLink).toMatch(new RegExp(`^${root}/deployments\\?top=1&after=`));
  expect(JSON.parse(await (await fetch(page.nextLink)).text()).deployments).toHaveLength(1);

  const contract = JSON.parse(await (await fetch(`${root}/openapi.json`)).text());
  expect(contract.servers).toMatchObject([{ url: root }]);
});

it('the command line and the dashboard work behind it', async () => {
  const { code, out, err } = await inProcess(['list'], { url: gateway.url });
  expect({ code, out, err }).toMatchObject({ code: 0, out: expect.stringMatching(/^ *gate /m) });

  const page = `${gateway.url}/api/dashboard`;
  const html = await (await fetch(page)).text();
  const loaded = [...html.matchAll(/(?:src|href)="(dashboard\/[^"]+)"/g)].map(([, path = '']) => new URL(path, page));
  expect(loaded.length).toBeGreaterThan(1);
  for (const url of loaded) expect((await fetch(url)).status).toBe(200);
});

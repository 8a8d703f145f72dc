import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

let server: Server;
const received: IncomingMessage[] = [];
let nextLink: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request);
    const isToken = request.url?.startsWith('/msi/token');
    const last = request.url?.includes('last=1') || request.headers.host !== 'management.azure.com';
    const body = isToken
      ? { access_token: 'a.b.c', expires_on: `${Math.round(Date.now() / 1000) + 3600}` }
      : { value: [], ...(!last && { nextLink }) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

beforeEach(() => {
  const { port }: AddressInfo = Object(server.address());
  vi.stubEnv('AZURE_SIMULATOR_URL', `http://127.0.0.1:${port}`);
  // The app's credential and clients are one for the process.
  vi.resetModules();
  received.length = 0;
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const list = async (): Promise<unknown> => {
  const { armClients } = await import('../../src/azure/arm-clients.ts');
  const items = armClients(SUBSCRIPTION).resources.resources.listByResourceGroup('rg');
  for await (const item of items) return item;
  return undefined;
};

const hostsWithToken = () =>
  new Set(received.filter(({ headers }) => headers.authorization !== undefined).map(({ headers }) => headers.host));

it.each([
  'https://evil.example/x',
  'https://management.azure.com.evil.example/x',
  'https://management.azure.com:444/x',
])('a list that goes on at %s is not followed: the token stays here', async (link) => {
  nextLink = link;
  await expect(list()).rejects.toThrow(/is not Azure's/);
  expect([...hostsWithToken()]).toEqual(['management.azure.com']);
});

it('a list that goes on at Resource Manager is followed', async () => {
  nextLink = 'https://management.azure.com/subscriptions/x/resources?last=1&api-version=2021-04-01';
  expect(await list()).toBeUndefined();
  expect(received.filter(({ url }) => url?.includes('last=1'))).toHaveLength(1);
});

it('what is asked without a client package goes to no other host either', async () => {
  const { sendAuthorized } = await import('../../src/azure/authorized-request.ts');
  const scope = 'https://management.azure.com/.default';
  await expect(sendAuthorized('GET', 'https://evil.example/x', scope)).rejects.toThrow(/is not Azure's/);
  expect(hostsWithToken().size).toBe(0);
  await sendAuthorized('GET', 'https://some.vault.azure.net/secrets/x', 'https://vault.azure.net/.default');
  expect([...hostsWithToken()]).toEqual(['some.vault.azure.net']);
});

it.each(['evil.example/x.azurecr.io', 'evil.example#.azurecr.io', 'x.azurecr.io:444', 'x.azurecr.io.evil.example'])(
  'a registry that says to be at %s is not asked',
  async (loginServer) => {
    const { registrySession } = await import('../../src/azure/registries/registry-session.ts');
    expect(() => registrySession(loginServer)).toThrow(/is not one of Azure's/);
    expect(received).toEqual([]);
  },
);

import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armClients } from '../../src/azure/arm-clients.ts';
import { sendPlain } from '../../src/azure/plain-request.ts';
import { READ_BUDGET_MS, withinReadBudget } from '../../src/azure/read-budget.ts';
import { askResourceManager } from '../../src/azure/resource-manager-request.ts';
import { retryRead } from '../../src/azure/retry-read.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { type Answer, azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const GET_GROUP = `GET ${GROUP}`;
const A_GROUP: Answer = { body: { id: GROUP, location: 'canadacentral' } };
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv`;
const HUB = 'https://quay.io/v2/a/manifests/v1';

const throttled = (seconds: number): Answer => ({
  ...Object(azureError(429, 'TooManyRequests')),
  headers: { 'retry-after': `${seconds}` },
});

afterEach(() => {
  vi.useRealTimers();
});

/** Each way in which src reads Azure, with the route that it asks. */
const READS: Record<
  string,
  { readonly route: string; readonly answer: Answer; readonly read: () => Promise<unknown> }
> = {
  'a client of the older generation': {
    route: GET_GROUP,
    answer: A_GROUP,
    read: () => armClients(SUBSCRIPTION).resources.resourceGroups.get('rg'),
  },
  'a client of the newer generation': {
    route: `GET ${VAULT}`,
    answer: { body: { id: VAULT, properties: { tenantId: 't', sku: { family: 'A', name: 'standard' } } } },
    read: () => armClients(SUBSCRIPTION).vaults.vaults.get('rg', 'kv'),
  },
  'a request without a client': {
    route: GET_GROUP,
    answer: A_GROUP,
    read: () => askResourceManager('GET', `${GROUP}?api-version=2021-04-01`, z.object({ id: z.string() })),
  },
};

describe.each(Object.entries(READS))('a read by %s', (_, { route, answer, read }) => {
  it.each([
    ['429', throttled(0)],
    ['429 with an empty body', 429],
    ['500', azureError(500, 'InternalServerError')],
    ['502', 502],
    ['503', azureError(503, 'ServiceUnavailable')],
    ['504', azureError(504, 'GatewayTimeout')],
    ['408', 408],
    ['409 of another operation', azureError(409, 'Conflict', 'Another operation is in progress.')],
  ] satisfies [string, Answer][])('is sent again after %s, while a caller waits', async (_, failure) => {
    azure.on(route, failure, failure, answer);
    expect(await withinReadBudget(read)).toBeDefined();
    expect(azure.routes).toHaveLength(3);
  });

  it.each([
    ['403', azureError(403, 'AuthorizationFailed')],
    ['404', NOT_FOUND],
    ['400', azureError(400, 'InvalidRequest')],
    ['401 of another tenant', azureError(401, 'InvalidAuthenticationTokenTenant')],
    ['429 that asks for more than the time that is left', throttled(READ_BUDGET_MS / 1000 + 1)],
  ] satisfies [string, Answer][])('is not sent again after %s', async (_, failure) => {
    azure.on(route, failure, answer);
    await expect(withinReadBudget(read)).rejects.toThrow();
    expect(azure.routes).toHaveLength(1);
  });

  it('waits as long as Azure asks, if that fits', async () => {
    azure.on(route, throttled(1), answer);
    const began = performance.now();
    await withinReadBudget(read);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('is sent once where nobody waits: there the driver tries again', async () => {
    azure.on(route, azureError(500, 'InternalServerError'), answer);
    await expect(read()).rejects.toThrow();
    expect(azure.routes).toHaveLength(1);
  });
});

it('a registry is asked again too', async () => {
  azure.on(`HEAD ${HUB}`, 503, { status: 200 });
  expect((await withinReadBudget(() => sendPlain('HEAD', HUB))).status).toBe(200);
  expect(azure.routes).toHaveLength(2);
});

/** A try that fails as it is told, or hangs; the answer of success at last. */
const tries = (...outcomes: readonly (Error | 'hangs')[]) => {
  const limits: (number | undefined)[] = [];
  const send = async (limitMs: number | undefined) => {
    const outcome = outcomes[limits.length];
    limits.push(limitMs);
    if (outcome === 'hangs') return new Promise<never>(() => {});
    if (outcome) throw outcome;
    const response: Awaited<ReturnType<Parameters<typeof retryRead>[0]>> = Object({ status: 200, headers: new Map() });
    return response;
  };
  return { send, limits };
};

describe('a connection', () => {
  it.each(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EPIPE', 'REQUEST_SEND_ERROR'])(
    'that breaks with %s is made again',
    async (code) => {
      const { send, limits } = tries(Object.assign(new Error('broken'), { code }));
      await withinReadBudget(() => retryRead(send));
      expect(limits).toHaveLength(2);
    },
  );

  it('that hangs is given up in time for another, and all in all within the budget', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { send, limits } = tries(new Error('broken'));
    await expect(withinReadBudget(() => retryRead(send))).rejects.toThrow('broken');
    expect(limits[0]).toBeLessThan(READ_BUDGET_MS / 2);
    await withinReadBudget(async () => {
      vi.setSystemTime(Date.now() + READ_BUDGET_MS - 20);
      const late = tries('hangs');
      await expect(retryRead(late.send)).rejects.toThrow('RequestTimeout');
      expect(late.limits).toEqual([20]);
      vi.setSystemTime(Date.now() + 20);
      await expect(retryRead(late.send)).rejects.toThrow('RequestTimeout');
      expect(late.limits).toEqual([20]);
    });
  });
});

it('the budget of a request is below what gateways allow', () => {
  expect(READ_BUDGET_MS).toBeLessThanOrEqual(30_000);
});

it('a read that still waits when the caller has the answer is not sent again', async () => {
  const { send, limits } = tries(Object.assign(new Error('broken'), { code: 'ECONNRESET' }));
  let beside: Promise<unknown> | undefined;
  await withinReadBudget(async () => {
    beside = retryRead(send).catch((error: unknown) => error);
    await new Promise(setImmediate);
  });
  await beside;
  expect(limits).toHaveLength(1);
});

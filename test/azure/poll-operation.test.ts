import { describe, expect, it } from 'vitest';
import { type Operation, recordExchange } from '../../src/azure/exchange.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import { pollOperation } from '../../src/azure/poll-operation.ts';
import { type Answer, azureError, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const PATH = '/subscriptions/s/providers/Microsoft.KeyVault/operations/o';
const URL = `https://management.azure.com${PATH}`;

const poll = (kind: Operation['kind'], answer: Answer) => {
  azure.on(`GET ${PATH}`, answer);
  return recordExchange({}, () => pollOperation({ kind, url: `${URL}?t=1` }));
};

describe.each(['status', 'result'] as const)('an operation whose address is one of its %s', (kind) => {
  it.each(['InProgress', 'Running', 'NotSucceeded', 'SucceededNot', 'NotFailed', 'FailedNot'])(
    'is running while it says %s, and passes on when to ask again',
    async (status) => {
      const answer = { body: { status }, headers: { 'retry-after': '17' } };
      expect(await poll(kind, answer)).toEqual({ state: 'running', retryAfterSeconds: 17 });
      expect(azure.request(`GET ${PATH}`).query).toEqual({ t: '1' });
      expect(azure.request(`GET ${PATH}`).headers.authorization).toMatch(/^Bearer /);
    },
  );

  it.each([{ status: 202 }, { status: 202, body: 'no JSON' }, { status: 202, body: { status: 'Succeeded' } }])(
    'is running while the answer is %o',
    async (answer) => {
      expect((await poll(kind, answer)).state).toBe('running');
    },
  );

  it.each([
    200,
    204,
    { body: { status: 'Succeeded' } },
    { body: { status: 'succeeded' } },
    { body: { id: 'the resource itself' } },
    { status: 201, body: 'no JSON' },
  ])('has succeeded with %o', async (answer) => {
    expect(await poll(kind, answer)).toEqual({ state: 'succeeded' });
  });

  it.each(['Failed', 'Canceled', 'Cancelled', 'failed'])('has failed when it says %s', async (status) => {
    const body = { status, error: { code: 'Quota', message: 'Too much.' } };
    const headers = { 'x-ms-correlation-request-id': 'id' };
    const state = await poll(kind, { body, headers });
    expect(state).toEqual({ state: 'failed', error: expect.any(AzureOperationError) });
    expect(state.state === 'failed' && state.error.failure).toEqual({
      code: 'Quota',
      message: 'Too much.',
      status: undefined,
      correlationId: 'id',
      retryAfterSeconds: undefined,
    });
  });

  it('has a code though it failed without saying why', async () => {
    const state = await poll(kind, { body: { status: 'Failed' } });
    expect(state.state === 'failed' && state.error.failure).toMatchObject({
      code: 'HttpStatus200',
      message: "The operation's status answered HTTP 200.",
    });
  });

  it.each([401, 408, 429, 500, 503])('could not be read this time when Azure answers %i', async (status) => {
    const error = await poll(kind, { status, headers: { 'retry-after': '3' } }).catch((thrown: unknown) => thrown);
    expect(error instanceof AzureOperationError && error.failure).toMatchObject({
      code: `HttpStatus${status}`,
      status,
      retryAfterSeconds: 3,
    });
  });
});

it.each([400, 404, 409])('an error %i is the own one of an operation that answers with its result', async (status) => {
  const state = await poll('result', azureError(status, 'C', 'm'));
  expect(state.state === 'failed' && state.error.failure).toMatchObject({ code: 'C', message: 'm', status });
});

it.each([400, 404, 409])('an error %i only says that an operation cannot be read any more', async (status) => {
  expect(await poll('status', azureError(status, 'C', 'm'))).toEqual({ state: 'unreadable' });
});

it.each([
  'https://evil.example/x',
  `https://management.azure.com.evil.example${PATH}`,
  `https://management.azure.com:444${PATH}`,
  `http://management.azure.com${PATH}`,
  `https://evil@evil.example${PATH}`,
])('no token is sent to %s', async (url) => {
  await expect(pollOperation({ kind: 'status', url })).rejects.toThrow(
    "The operation's URL does not lead to https://management.azure.com: it is not followed.",
  );
  expect(azure.routes).toEqual([]);
});

import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import {
  currentExchange,
  type Exchange,
  exchangePolicy,
  operationSchema,
  recordExchange,
  timeoutPolicy,
} from '../../src/azure/exchange.ts';

const send = async (
  exchange: Exchange,
  status: number,
  headers: Record<string, string> = {},
  bodyAsText: string | null = '{"secret":1}',
): Promise<void> => {
  const answer = async (request: PipelineResponse['request']): Promise<PipelineResponse> => ({
    request,
    status,
    headers: createHttpHeaders(headers),
    bodyAsText,
  });
  await recordExchange(exchange, () =>
    exchangePolicy.sendRequest(createPipelineRequest({ url: 'https://management.azure.com/x' }), answer),
  );
};

const noted = async (...answer: [number, Record<string, string>?, (string | null)?]): Promise<Exchange> => {
  const exchange: Exchange = {};
  await send(exchange, ...answer);
  return exchange;
};

describe('what is noted of an answer', () => {
  it('is its status, and nothing of a body of success: it may hold secrets', async () => {
    expect(await noted(399)).toEqual({ status: 399 });
  });

  it('is the body of an error', async () => {
    expect(await noted(400)).toEqual({ status: 400, errorBody: '{"secret":1}' });
    expect((await noted(400, {}, null)).errorBody).toBeUndefined();
  });

  it.each([
    ['17', 17],
    ['0', 0],
    ['1.5', 1.5],
    ['-1', undefined],
    ['soon', undefined],
    ['Infinity', undefined],
  ])('is when to ask again: %s', async (header, seconds) => {
    expect((await noted(202, { 'Retry-After': header })).retryAfterSeconds).toBe(seconds);
  });

  it("is Azure's correlation id, or else its request id", async () => {
    const both = { 'x-ms-correlation-request-id': 'correlation', 'x-ms-request-id': 'request' };
    expect((await noted(200, both)).correlationId).toBe('correlation');
    expect((await noted(200, { 'x-ms-request-id': 'request' })).correlationId).toBe('request');
  });

  it('is where the operation shows its progress, or else its result', async () => {
    const both = { 'Azure-AsyncOperation': 'https://status', Location: 'https://result' };
    expect((await noted(202, both)).operation).toEqual({ url: 'https://status', kind: 'status' });
    expect((await noted(202, { Location: 'https://result' })).operation).toEqual({
      url: 'https://result',
      kind: 'result',
    });
    expect((await noted(202)).operation).toBeUndefined();
  });

  it('replaces what was noted of the answer before', async () => {
    const exchange = await noted(400, { 'retry-after': '1', location: 'https://result', 'x-ms-request-id': 'id' });
    await send(exchange, 200);
    expect(exchange).toEqual({ status: 200 });
  });

  it('is nothing when no answer comes', async () => {
    const exchange = await noted(400, { 'retry-after': '1', location: 'https://result', 'x-ms-request-id': 'id' });
    const request = createPipelineRequest({ url: 'https://management.azure.com/x' });
    const broken = recordExchange(exchange, () =>
      exchangePolicy.sendRequest(request, () => Promise.reject(new Error('broken'))),
    );
    await expect(broken).rejects.toThrow('broken');
    expect(exchange).toStrictEqual({});
  });

  it('is kept apart for what runs at the same time, and lost outside of it', async () => {
    const [a, b] = [{ status: 1 }, { status: 2 }];
    const seen = await Promise.all([a, b].map((exchange) => recordExchange(exchange, async () => currentExchange())));
    expect(seen[0]).toBe(a);
    expect(seen[1]).toBe(b);
    expect(currentExchange()).toEqual({});
    const request = createPipelineRequest({ url: 'https://management.azure.com/x' });
    const response = { request, status: 204, headers: createHttpHeaders() };
    expect(await exchangePolicy.sendRequest(request, async () => response)).toBe(response);
  });
});

it('an operation that is stored has an address and a kind', () => {
  expect(operationSchema.parse({ url: 'u', kind: 'status', other: 1 })).toEqual({ url: 'u', kind: 'status' });
  expect(operationSchema.parse({ url: 'u', kind: 'result' }).kind).toBe('result');
  expect(operationSchema.safeParse({ url: 'u', kind: 'other' }).success).toBe(false);
  expect(operationSchema.safeParse({ kind: 'status' }).success).toBe(false);
});

it.each([
  [0, 60_000],
  [5, 5],
])('a request with the time limit %i gets %i', async (given, limit) => {
  const request = createPipelineRequest({ url: 'https://management.azure.com/x', timeout: given });
  await timeoutPolicy.sendRequest(request, async () => ({ request, status: 200, headers: createHttpHeaders() }));
  expect(request.timeout).toBe(limit);
});

it('policies have names, by which a pipeline distinguishes them', () => {
  expect([exchangePolicy.name, timeoutPolicy.name]).toEqual(['exchangePolicy', 'timeoutPolicy']);
});

describe('whether an activity may have changed something', () => {
  const of = async (method: HttpMethods, path: string, end: number | Error): Promise<boolean | undefined> => {
    const exchange: Exchange = {};
    const request = createPipelineRequest({ url: `https://management.azure.com/x${path}`, method });
    const answer = async (): Promise<PipelineResponse> => {
      if (typeof end !== 'number') throw end;
      return { request, status: end, headers: createHttpHeaders() };
    };
    await recordExchange(exchange, () => exchangePolicy.sendRequest(request, answer)).catch(() => {});
    await send(exchange, 200);
    return exchange.wrote;
  };

  it.each<[HttpMethods, string, number | Error, true | undefined]>([
    ['PUT', '', 200, true],
    ['PATCH', '', 202, true],
    ['DELETE', '', 204, true],
    ['POST', '/importImage?api-version=1', 202, true],
    ['PUT', '', 500, true],
    ['PUT', '', 408, true],
    ['PUT', '', new Error('reset'), true],
    ['PUT', '', 400, undefined],
    ['PUT', '', 403, undefined],
    ['PUT', '', 412, undefined],
    ['PUT', '', 429, undefined],
    ['GET', '', 200, undefined],
    ['GET', '', new Error('reset'), undefined],
    ['HEAD', '', 404, undefined],
    ['POST', '/listKeys?api-version=1', 200, undefined],
    ['POST', '/listClusterUserCredential', 200, undefined],
    ['POST', '/checkPolicyRestrictions', 200, undefined],
    ['POST', '/register', 200, undefined],
  ])('%s x%s that ended with %s: %s, also after later requests', async (method, path, end, wrote) => {
    expect(await of(method, path, end)).toBe(wrote);
  });
});

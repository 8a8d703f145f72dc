import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestWorld } from '../support/world.ts';
import { faultsOf, headerOf, problemFaults } from './generated/check-answer.ts';
import { document, targets } from './generated/document.ts';
import { type Generated, requestsOf } from './generated/requests.ts';
import { send } from './generated/send.ts';

/**
 * Requests that are made from openapi.json itself, and their answers held against it: what a generator of test cases such as schemathesis does. `npm test`
 * sends a small share; more by the environment:
 *
 *     CONTRACT_CASES=500 CONTRACT_SEED=7 npm run vitest -- test/contract/generated.test.ts
 */
const { CONTRACT_CASES: cases, CONTRACT_SEED: seed } = z
  .object({
    CONTRACT_CASES: z.coerce.number().int().positive().default(15),
    CONTRACT_SEED: z.coerce.number().int().default(1),
  })
  .parse(process.env);

const run = { numRuns: cases, seed };
const timeout = 60_000 + cases * 2_000;

let keyed: TestWorld;

const IDS = ['generated-done', 'generated-failed', 'nobody'] as const;

beforeAll(async () => {
  keyed = await TestWorld.start({ auth: true });
  await keyed.deploy({ resourceGroupName: IDS[0], images: [] });
  await keyed.deploy({ resourceGroupName: IDS[1], cluster: { nodeVmSize: 'Standard_Nowhere' } });
});
afterAll(() => keyed.close());

const origin = () => keyed.host.url;
const withKey = (headers: Generated['headers']) => ({ 'x-functions-key': keyed.key, ...headers });

describe.each(targets.map((target) => [target.operation.operationId, target] as const))('%s', (_, target) => {
  it(
    'answers whatever is sent as openapi.json says, and does nothing for what it does not allow',
    async () => {
      await fc.assert(
        fc.asyncProperty(requestsOf(target, IDS), async (request) => {
          const answer = await send(origin(), { ...request, headers: withKey(request.headers) });
          expect(faultsOf(target, answer)).toEqual([]);
          if (!request.allowed)
            expect([answer.status, answer.status >= 400 && answer.status < 500]).toEqual([answer.status, true]);
        }),
        run,
      );
    },
    timeout,
  );

  it.each([
    ['no key', {}],
    ['a wrong key', { 'x-functions-key': 'wrong' }],
    ['a key that is none', { 'x-functions-key': '\u00ff\u00fe' }],
    ['a token in its place', { authorization: 'Bearer x' }],
  ])('with %s is refused as openapi.json says, if it takes one', async (_, headers) => {
    const { path, method, operation } = target;
    const answer = await send(origin(), { method, target: `/api${path.replace('{id}', IDS[0])}`, headers });
    expect(faultsOf(target, answer)).toEqual([]);
    const isOpen = operation.security?.length === 0;
    expect(answer.status === 401).toBe(!isOpen);
  });
});

/** TRACE is left out: the worker's Request takes none (fetch standard, forbidden methods), so that no route can, and the host answers an empty 404. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const others = Object.entries(document.paths).flatMap(([path, verbs]) =>
  METHODS.filter((method) => !(method.toLowerCase() in verbs)).map(
    (method) => [method, path, Object.keys(verbs)] as const,
  ),
);

it.each(others)(
  '%s %s, which openapi.json does not have, is a 405 that names the others',
  async (method, path, verbs) => {
    const answer = await send(origin(), {
      method,
      target: `/api${path.replace('{id}', IDS[0])}`,
      headers: withKey({}),
    });
    expect(answer.status).toBe(405);
    expect(problemFaults(answer)).toEqual([]);
    const allowed = headerOf(answer.headers, 'allow')?.split(/, */) ?? [];
    expect(allowed).toEqual(expect.arrayContaining(verbs.map((verb) => verb.toUpperCase())));
  },
);

it.each([
  '/api/nowhere',
  '/api/deployments/a/b/c',
  '/api/deployments/a/nowhere',
  '/api/%E2%98%83',
  '/api/',
  '/api/plans/x',
])('%s, which there is not, is a 404 with the paths that there are', async (target) => {
  const answer = await send(origin(), { method: 'GET', target, headers: withKey({}) });
  expect(answer.status).toBe(404);
  expect(problemFaults(answer)).toEqual([]);
});

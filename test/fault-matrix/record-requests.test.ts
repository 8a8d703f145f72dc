import { expect, it } from 'vitest';
import { distinctRequests } from '../../bench/fault-matrix/record-requests.ts';

const GROUP = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/g';
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/r`;
const OPERATION = '554c724c-8bc6-4111-825c-f4de21bd2364';
const RESULT = `/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.ContainerRegistry/locations/X/operationResults/registries-${OPERATION}`;

const entry = (at: number, method: string, path: string) => ({
  method,
  url: `https://management.azure.com${path}?api-version=2025-11-01`,
  status: 200,
  at,
  durationMs: 1,
});

const requests = distinctRequests(
  [
    entry(0, 'GET', REGISTRY),
    entry(10, 'PUT', REGISTRY),
    ...[20, 30, 40, 50].map((at) => entry(at, 'GET', REGISTRY)),
    entry(60, 'POST', `${REGISTRY}/importImage`),
    entry(70, 'GET', RESULT),
  ],
  (id) => (id === OPERATION ? `${REGISTRY}/importedImages/a:1` : undefined),
);

it('names each request, and lets the first two and the last of many stand for all', () => {
  expect(requests.map(({ label }) => label)).toEqual([
    'GET ContainerRegistry/registries/r #1',
    'PUT ContainerRegistry/registries/r',
    'GET ContainerRegistry/registries/r #2',
    'GET ContainerRegistry/registries/r #5',
    'POST ContainerRegistry/registries/r/importImage',
    'GET ContainerRegistry/locations/X/operationResults/registries-{id}',
  ]);
});

it('knows what polls, what is carried out later, and what somebody could delete by then', () => {
  const deletable = { path: REGISTRY, apiVersion: '2025-11-01' };
  expect(
    requests.map(({ isPoll, isLongRunning, deletable }) => ({
      isPoll,
      isLongRunning,
      ...(deletable && { deletable }),
    })),
  ).toEqual([
    { isPoll: false, isLongRunning: false },
    { isPoll: false, isLongRunning: true, deletable },
    { isPoll: true, isLongRunning: false, deletable },
    { isPoll: true, isLongRunning: false, deletable },
    { isPoll: false, isLongRunning: true, deletable },
    { isPoll: true, isLongRunning: false, deletable },
  ]);
});

it("leaves made-up ids open in a request's pattern", () => {
  const pattern = new RegExp(requests.at(-1)?.pattern ?? '');
  expect(pattern.test(`${RESULT.replace('554c', 'abcd')}?api-version=x`)).toBe(true);
  expect(pattern.test(`${RESULT}/more`)).toBe(false);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SharedReads } from '../../../src/functions/http/shared-reads.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** Something that counts how often it is read. */
const watched = () => {
  const state = { reads: 0, value: 'old' };
  const read = async () => {
    state.reads++;
    return state.value;
  };
  return { state, options: { first: 'old', read, isGood: (value: string) => value === 'new' } };
};

const waiters = <T>(count: number, wait: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => wait(index)));

it('ends a second after the change at the latest, for everybody', async () => {
  const reads = new SharedReads<string>();
  const { state, options } = watched();
  const seen = waiters(3, () => reads.waitUntil('a', { ...options, seconds: 20 }));
  await vi.advanceTimersByTimeAsync(5_500);
  state.value = 'new';
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await seen).toEqual(['new', 'new', 'new']);
});

it('gives what is there when the time is over, to the second', async () => {
  const reads = new SharedReads<string>();
  const { options } = watched();
  let seen: string | undefined;
  void reads.waitUntil('a', { ...options, seconds: 7 }).then((value) => {
    seen = value;
  });
  await vi.advanceTimersByTimeAsync(6_900);
  expect(seen).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(seen).toBe('old');
});

it('a hundred waiters for one thing read it once a second', async () => {
  const reads = new SharedReads<string>();
  const { state, options } = watched();
  const seen = waiters(100, async (index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 7));
    return reads.waitUntil('a', { ...options, seconds: 10 });
  });
  await vi.advanceTimersByTimeAsync(11_000);
  await seen;
  expect(state.reads).toBeGreaterThan(8);
  expect(state.reads).toBeLessThan(14);
});

it('a hundred watched things are read twenty times a second together', async () => {
  const reads = new SharedReads<string>();
  const { state, options } = watched();
  const seen = waiters(100, (index) => reads.waitUntil(`thing ${index}`, { ...options, seconds: 20 }));
  await vi.advanceTimersByTimeAsync(21_000);
  await seen;
  expect(state.reads).toBeGreaterThan(300);
  expect(state.reads).toBeLessThanOrEqual(20 * 20 + 100);
  expect(reads.intervalMs).toBe(1_000);
});

it('a read that fails ends the wait of all who share it, and of nobody else', async () => {
  const reads = new SharedReads<string>();
  const { options } = watched();
  const read = () => Promise.reject(new Error('gone'));
  const failing = waiters(2, () =>
    expect(reads.waitUntil('a', { ...options, read, seconds: 9 })).rejects.toThrow('gone'),
  );
  const fine = reads.waitUntil('b', { ...options, seconds: 9 });
  await vi.advanceTimersByTimeAsync(10_000);
  await failing;
  expect(await fine).toBe('old');
});

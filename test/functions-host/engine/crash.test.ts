import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import {
  type CommitPoint,
  type Engine,
  type EngineOptions,
  Store,
} from '../../../local/functions-host/engine/engine.ts';
import type { FunctionWorker } from '../../../local/functions-host/worker/function-worker.ts';
import { app, ENDED, outputOf, settled, start } from './harness.ts';

const expected = { first: { n: 1 }, a: 2, b: [0, 1], retried: true };

/** Runs the orchestration, crashes at the given commit and goes on with a new engine. @returns false when there was no such commit. */
const crashAt = async (
  crash: number,
  when: 'before' | 'after',
  commitOrder: NonNullable<EngineOptions['commitOrder']>,
): Promise<boolean> => {
  const store = new Store(':memory:');
  const clock = new VirtualClock();
  let commits = 0;
  let engine: Engine | undefined;
  let crashed: () => void = () => {};
  const crashing = new Promise<void>((resolve) => {
    crashed = resolve;
  });
  const first = start({
    store,
    clock,
    commitOrder,
    onCommit: (moment) => {
      if (moment !== when || commits++ !== crash) return;
      engine?.abandon();
      crashed();
    },
  });
  engine = first.engine;
  await engine.start({ name: 'Mixed', instanceId: 'm', input: null }).catch(() => {});
  const ended = engine.waitFor('m', ENDED);
  const outcome = await Promise.race([ended, crashing]);
  if (outcome) {
    expect(outputOf(outcome)).toEqual(expected);
    return false;
  }
  const second = start({ store, clock, commitOrder });
  if (!second.engine.get('m')) await second.engine.start({ name: 'Mixed', instanceId: 'm', input: null });
  expect(outputOf(await second.engine.waitFor('m', ENDED))).toEqual(expected);
  await settled(second.engine);
  expect(store.messages().filter((message) => message.dueAt === null)).toEqual([]);
  return true;
};

describe.each(['one-transaction', 'messages-first'] as const)('a crash at any commit, %s', (commitOrder) => {
  test.each(['before', 'after'] as const)('leads to the same result (%s the commit)', async (when) => {
    let crashes = 0;
    while (await crashAt(crashes, when, commitOrder)) crashes++;
    expect(crashes).toBeGreaterThan(14);
  });
});

test('a crash between messages and history runs an activity twice; the orchestrator sees one result', async () => {
  const activityRuns = async (
    point: CommitPoint,
    commitOrder: 'one-transaction' | 'messages-first',
  ): Promise<number> => {
    const store = new Store(':memory:');
    let crashed: () => void = () => {};
    const crashing = new Promise<void>((resolve) => {
      crashed = resolve;
    });
    const first = start({
      store,
      commitOrder,
      onCommit: (when, passed) => {
        if (when === 'before' || passed !== point) return;
        first.engine.abandon();
        crashed();
      },
    });
    await first.engine.start({ name: 'Chain', instanceId: 'c', input: '1' });
    await crashing;
    expect(first.calls).toEqual(['Chain']);
    const second = start({ store, commitOrder });
    expect(outputOf(await second.engine.waitFor('c', ENDED))).toEqual([0]);
    await settled(second.engine);
    expect(second.engine.get('c')?.runtimeStatus).toBe('Completed');
    return second.calls.filter((name) => name === 'Echo').length;
  };
  expect(await activityRuns('episode', 'one-transaction')).toBe(1);
  expect(await activityRuns('episode-messages', 'messages-first')).toBe(2);
});

test('a late result of an execution that continued as new is ignored', async () => {
  const store = new Store(':memory:');
  const answers: (() => void)[] = [];
  const slow: FunctionWorker = {
    names: (type) => app.names(type),
    invoke: async (type, name, ...rest) => {
      if (name === 'Echo') await new Promise<void>((resolve) => answers.push(resolve));
      return await app.invoke(type, name, ...rest);
    },
  };
  const first = start({
    store,
    commitOrder: 'messages-first',
    onCommit: (when, point) => {
      if (when === 'after' && point === 'episode-messages') first.engine.abandon();
    },
  });
  await first.engine.start({ name: 'Rounds', instanceId: 'r', input: '{"round":1,"last":2}' });
  await expect.poll(() => store.messages().filter(({ kind }) => kind === 'activity')).toHaveLength(1);

  const { engine } = start({ store, worker: slow });
  const executionId = engine.get('r')?.executionId;
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.();
  await expect.poll(() => engine.get('r')?.executionId).not.toBe(executionId);
  await expect.poll(() => answers.length).toBe(3);
  answers[1]?.();
  await expect.poll(() => store.messages().map(({ kind }) => kind)).toEqual(['activity']);
  expect(engine.get('r')?.runtimeStatus).toBe('Running');
  answers[2]?.();
  expect(outputOf(await engine.waitFor('r', ENDED))).toBe('round 2');
  expect(engine.history('r').filter(({ EventType }) => EventType === 5)).toHaveLength(1);
});

test('an engine on the file of one that was killed goes on where it stopped', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'engine-'));
  try {
    const path = join(directory, 'hub.db');
    const clock = new VirtualClock();
    const release = clock.hold();
    const first = start({ store: path, clock }).engine;
    await first.start({ name: 'Timer', instanceId: 't', input: '5000' });
    await first.start({ name: 'Wait', instanceId: 'w', input: null });
    await first.waitFor('w', ['Running']);
    await first.raiseEvent('w', 'go', '"on"');
    first.abandon();
    release();
    const second = start({ store: path, clock }).engine;
    expect(outputOf(await second.waitFor('w', ENDED))).toEqual({ value: 'on' });
    expect(outputOf(await second.waitFor('t', ENDED))).toBe(5000);
    await second.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('an activity that sleeps when its engine is abandoned does not let time pass for the next one', async () => {
  const clock = new VirtualClock();
  const store = new Store(':memory:');
  const sleepy: FunctionWorker = {
    names: (type) => app.names(type),
    invoke: async (type, ...rest) => {
      if (type === 'activityTrigger') await clock.sleep(10_000);
      return await app.invoke(type, ...rest);
    },
  };
  const release = clock.hold();
  const first = start({ store, clock, worker: sleepy });
  await first.engine.start({ name: 'Chain', instanceId: 'c', input: '1' });
  while (!first.calls.includes('Echo')) await new Promise(setImmediate);
  first.engine.abandon();
  const begun = clock.now();
  const second = start({ store, clock, worker: sleepy });
  release();
  const state = await second.engine.waitFor('c', ENDED);
  expect(state.lastUpdatedTime - begun).toBe(10_000);
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EngineOptions, Store } from '../../../local/functions-host/engine/engine.ts';
import type { FunctionWorker } from '../../../local/functions-host/worker/function-worker.ts';
import { StorageError } from '../../../local/storage/storage-error.ts';
import { app, ENDED, outputOf, settled, start, toText } from './harness.ts';

/** How often a commit fails before the disk has room. */
const FAILURES = 3;
const ACTIVITIES = app.names('activityTrigger');

interface Outcome {
  readonly output: unknown;
  /** Names of the activities that ran, in any order; one of them counts its runs and fails now and then. */
  readonly activities: readonly string[];
  readonly commits: number;
}

/** Runs an orchestration while one of its commits finds the disk full several times. */
const runWith = async (
  name: string,
  input: unknown,
  full: number | undefined,
  commitOrder: NonNullable<EngineOptions['commitOrder']>,
): Promise<Outcome> => {
  const store = new Store(':memory:');
  let commits = 0;
  let failures = 0;
  const { engine, calls, log } = start({
    store,
    commitOrder,
    onCommit: (when, point) => {
      if (when === 'after') return;
      const isFull = commits === full && failures < FAILURES;
      if (isFull) failures++;
      else commits++;
      if (isFull && point !== 'command') throw new StorageError('The disk is full.');
    },
  });
  await engine.start({ name, instanceId: 'm', input: toText(input) });
  const ended = await engine.waitFor('m', ENDED);
  await settled(engine);
  expect(log.filter((line) => line.includes('given up'))).toEqual([]);
  expect(store.messages()).toEqual([]);
  expect(engine.storage.failure).toBeUndefined();
  const activities = calls.filter((call) => call !== 'FailTimes' && ACTIVITIES.includes(call)).toSorted();
  return { output: outputOf(ended), activities, commits };
};

describe.each(['one-transaction', 'messages-first'] as const)(
  'a disk that is full at any commit, %s',
  (commitOrder) => {
    test.each([
      ['Mixed', undefined],
      ['Locked', undefined],
      ['CallEntity', undefined],
      ['TimerRounds', { round: 1 }],
      ['Parent', { child: 'Chain', input: 1 }],
    ])('%s ends as on an empty disk, and nothing runs twice', async (name, input) => {
      const undisturbed = await runWith(name, input, undefined, commitOrder);
      expect(undisturbed.commits).toBeGreaterThan(4);
      for (let commit = 0; commit < undisturbed.commits; commit++) {
        const { output, activities } = await runWith(name, input, commit, commitOrder);
        expect({ commit, output, activities }).toEqual({
          commit,
          output: undisturbed.output,
          activities: undisturbed.activities,
        });
      }
    });
  },
);

describe('a store on a full disk', () => {
  const large = toText('x'.repeat(200_000));

  test('refuses a start, keeps what it holds, and takes the same start when there is room', async () => {
    const { engine, store, log } = start();
    store.pretendFull(true);
    await expect(engine.start({ name: 'Chain', instanceId: 'a', input: large })).rejects.toThrow(StorageError);
    expect(engine.get('a')).toBeUndefined();
    expect(engine.storage).toMatchObject({ refusals: 1, failure: expect.stringContaining('the disk is full') });
    expect(engine.checkStorage().failure).toContain('the disk is full');
    store.pretendFull(false);
    expect(engine.checkStorage().failure).toBeUndefined();
    await engine.start({ name: 'Chain', instanceId: 'a', input: '1' });
    expect(outputOf(await engine.waitFor('a', ENDED))).toEqual([0]);
    expect(log.map((line) => line.split(':')[0])).toEqual(['error', 'information']);
  });

  test('waits with what an event set off until there is room, and replays it once', async () => {
    const { engine, store, calls, clock } = start();
    const release = clock.hold();
    await engine.start({ name: 'Wait', instanceId: 'w', input: null });
    await engine.waitFor('w', ['Running']);
    await engine.raiseEvent('w', 'go', large);
    store.pretendFull(true);
    await expect.poll(() => engine.storage.failure ?? '').toContain('the disk is full');
    expect(engine.get('w')?.runtimeStatus).toBe('Running');
    expect(engine.history('w').length).toBeGreaterThan(0);
    release();
    store.pretendFull(false);
    expect(outputOf(await engine.waitFor('w', ENDED))).toEqual({ value: 'x'.repeat(200_000) });
    expect(calls).toEqual(['Wait', 'Wait']);
    await expect.poll(() => engine.storage.failure).toBeUndefined();
  });

  test('is asked again for what it did not give', async () => {
    let failures = FAILURES;
    class Flaky extends Store {
      override history(instanceId: string, executionId: string): string[] {
        if (failures-- > 0) throw new StorageError('The disk gives nothing.');
        return super.history(instanceId, executionId);
      }
    }
    const store = new Flaky(':memory:');
    const first = start({ store });
    await first.engine.start({ name: 'Wait', instanceId: 'w', input: null });
    await first.engine.waitFor('w', ['Running']);
    first.engine.abandon();
    const { engine, log } = start({ store });
    await engine.raiseEvent('w', 'go', '1');
    expect(outputOf(await engine.waitFor('w', ENDED))).toEqual({ value: 1 });
    await expect.poll(() => log.map((line) => line.split(':')[0])).toEqual(['error', 'information']);
  });

  test('lets go of an instance that was purged while its episode waited', async () => {
    const { engine, store, clock } = start();
    const release = clock.hold();
    await engine.start({ name: 'Wait', instanceId: 'w', input: null });
    await engine.waitFor('w', ['Running']);
    await engine.raiseEvent('w', 'go', large);
    store.pretendFull(true);
    await expect.poll(() => engine.storage.failure ?? '').toContain('the disk is full');
    await engine.purge('w');
    store.pretendFull(false);
    release();
    await settled(engine);
    await expect.poll(() => engine.storage.failure).toBeUndefined();
    expect(engine.get('w')).toBeUndefined();
    expect(store.messages()).toEqual([]);
  });
});

describe('the file of a task hub', () => {
  const folder = (): string => {
    const directory = mkdtempSync(join(tmpdir(), 'engine-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    return directory;
  };

  test('that was deleted takes no command; reads go on', async () => {
    const directory = folder();
    const { engine } = start({ store: join(directory, 'hub.sqlite') });
    await engine.start({ name: 'Wait', instanceId: 'w', input: null });
    await engine.waitFor('w', ['Running']);
    rmSync(directory, { recursive: true });
    await expect(engine.raiseEvent('w', 'go', '1')).rejects.toThrow(/hub\.sqlite was deleted or moved/);
    expect(engine.get('w')?.runtimeStatus).toBe('Running');
    expect(engine.checkStorage().failure).toContain('was deleted or moved');
  });

  test.each(['hub.sqlite', 'hub.sqlite-wal'])('whose %s was replaced takes no command', async (name) => {
    const directory = folder();
    const { engine } = start({ store: join(directory, 'hub.sqlite') });
    await engine.start({ name: 'Wait', instanceId: 'w', input: null });
    renameSync(join(directory, name), join(directory, 'old'));
    writeFileSync(join(directory, name), '');
    await expect(engine.raiseEvent('w', 'go', '1')).rejects.toThrow(`${name} was replaced by another file`);
  });

  test('that was moved away and back is written again, and what waited meanwhile is done', async () => {
    const directory = folder();
    const [here, away] = [join(directory, 'here'), join(directory, 'away')];
    mkdirSync(here);
    const answer = Promise.withResolvers<void>();
    const worker: FunctionWorker = {
      names: (type) => app.names(type),
      invoke: async (type, name, ...rest) => {
        if (name === 'Echo') await answer.promise;
        return await app.invoke(type, name, ...rest);
      },
    };
    const { engine, calls, clock } = start({ store: join(here, 'hub.sqlite'), worker });
    const release = clock.hold();
    await engine.start({ name: 'Chain', instanceId: 'c', input: '1' });
    await expect.poll(() => calls).toContain('Echo');
    renameSync(here, away);
    answer.resolve();
    await expect.poll(() => engine.storage.failure ?? '').toContain('was deleted or moved');
    renameSync(away, here);
    release();
    expect(outputOf(await engine.waitFor('c', ENDED))).toEqual([0]);
    expect(calls.filter((name) => name === 'Echo')).toHaveLength(1);
  });

  test('and those beside it are for their owner alone', async () => {
    const path = join(folder(), 'hub.sqlite');
    const { engine } = start({ store: path });
    await engine.start({ name: 'Wait', instanceId: 'w', input: null });
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openEngine, Store } from '../../../local/functions-host/engine/engine.ts';
import type { FunctionWorker } from '../../../local/functions-host/worker/function-worker.ts';
import { app, ENDED, outputOf, start } from './harness.ts';

afterEach(() => void vi.useRealTimers());

/** The app with an Echo that never answers until it is asked to. */
const hangingWorker = (): { readonly worker: FunctionWorker; readonly answer: () => void } => {
  const release = Promise.withResolvers<void>();
  const worker: FunctionWorker = {
    names: (type) => app.names(type),
    invoke: async (type, name, ...rest) => {
      if (name === 'Echo') await release.promise;
      return await app.invoke(type, name, ...rest);
    },
  };
  return { worker, answer: release.resolve };
};

const running = async (worker: FunctionWorker) => {
  const bench = start({ worker });
  await bench.engine.start({ name: 'Chain', instanceId: 'c', input: '1' });
  await expect.poll(() => bench.calls).toContain('Echo');
  return bench;
};

test('closing waits for what runs and saves it', async () => {
  const { worker, answer } = hangingWorker();
  const { engine, store, log } = await running(worker);
  const closed = engine.close();
  answer();
  await closed;
  expect(log).toEqual([]);
  expect(store.messages().map(({ kind }) => kind)).toEqual(['orchestrator']);
});

test('closing gives up on an activity that does not end, and leaves it to the next engine', async () => {
  const { worker } = hangingWorker();
  const { engine, store, log } = await running(worker);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const closes = [engine.close(), engine.close()];
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(closes);
  expect(log).toEqual(['warning: Work that did not end in 3000 ms is run again at the next start: 1.']);
  const next = start({ store }).engine;
  expect(outputOf(await next.waitFor('c', ENDED))).toEqual([0]);
});

test('two engines on one file: the second says why it cannot, and can when the first has gone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const options = { worker: app, clock: new VirtualClock(), store: join(directory, 'hub.sqlite'), hubName: 'Tests' };
  const first = openEngine(options);
  expect(() => openEngine(options)).toThrow(`Another process works on the task hub ${options.store}.`);
  await first.close();
  await openEngine(options).close();
});

test('a transaction that fails leaves nothing behind and shows its own error', () => {
  const store = new Store(':memory:');
  const message = { kind: 'activity', instanceId: 'i', executionId: null, dueAt: null, body: {} } as const;
  const failing = (): void =>
    store.transaction(true, () => {
      store.enqueue(message);
      throw new Error('disk full');
    });
  expect(failing).toThrow('disk full');
  expect(store.messages()).toEqual([]);
  store.transaction(true, () => store.enqueue(message));
  expect(store.messages()).toHaveLength(1);
});

test('timers that came due while no engine ran fire in the order in which they were due', async () => {
  const clock = new VirtualClock();
  const release = clock.hold();
  const first = start({ clock });
  await first.engine.start({ name: 'LaterTimerFirst', instanceId: 't', input: null });
  await first.engine.waitFor('t', ['Running']);
  first.engine.abandon();
  release();
  await clock.sleep(10_000);
  const { engine } = start({ clock, store: first.store });
  expect(outputOf(await engine.waitFor('t', ENDED))).toBe('earlier');
});

import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { type Engine, openEngine, Store } from '../../../local/functions-host/engine/engine.ts';
import { EventType } from '../../../local/functions-host/engine/replay/event-type.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

let engine: Engine;

afterEach(() => engine.abandon());

// Whatever ends first: the history of one that fails first goes on with the ends of the others.
it.each([[['broken', 'b', 'c']], [['a', 'broken', 'c']], [['a', 'b', 'broken']]])(
  'with the SDK that is installed, of %j each gives its own end and nothing runs twice',
  async (inputs) => {
    const worker = await loadApp(fileURLToPath(new URL('app', import.meta.url)), { log: () => {} });
    engine = openEngine({
      clock: new VirtualClock(),
      store: new Store(':memory:'),
      hubName: 'Settled',
      log: () => {},
      worker,
    });
    const id = await engine.start({ name: 'settled', input: JSON.stringify(inputs) });
    const { runtimeStatus, output } = await engine.waitFor(id, ['Completed', 'Failed']);
    expect(runtimeStatus).toBe('Completed');
    const ends = inputs.map((input) => (input === 'broken' ? expect.stringContaining('this one broke') : input));
    expect(JSON.parse(output ?? '')).toEqual([...ends, 'after']);
    const scheduled = engine.history(id).filter(({ EventType: type }) => type === EventType.TaskScheduled);
    expect(scheduled).toHaveLength(inputs.length + 1);
  },
);

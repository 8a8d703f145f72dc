import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { app, ENDED, eventsOf, outputOf, run, settled, start } from './harness.ts';

test('locks on entities are taken in one order and keep other orchestrations out', async () => {
  const { engine } = start();
  for (const id of ['1', '2', '3']) await engine.start({ name: 'Locked', instanceId: id, input: null });
  const states = await Promise.all(['1', '2', '3'].map((id) => engine.waitFor(id, ENDED)));
  expect(states.map(({ runtimeStatus }) => runtimeStatus)).toEqual(['Completed', 'Completed', 'Completed']);
  expect(states.map(outputOf).toSorted()).toEqual([0, 1, 2]);
  await settled(engine);
  expect([engine.entityState('Counter', 'a'), engine.entityState('Counter', 'b')]).toEqual(['3', '3']);
});

test('callHttp polls a 202 at its Location, after Retry-After, and ids stay in step', async () => {
  const seen: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${request.headers['x-asked']}`);
    if (request.method === 'POST') {
      response.writeHead(202, { location: `http://${request.headers.host}/poll`, 'retry-after': '7' }).end();
    } else response.writeHead(200, { 'content-type': 'text/plain', 'x-done': '1' }).end('done');
  };
  const server = createServer(answer).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const { engine, clock } = start();
    const begun = clock.now();
    const state = await run(engine, 'Http', `http://localhost:${port}/begin`, 'h');
    expect(outputOf(state)).toMatchObject({ response: { statusCode: 200, content: 'done' }, after: 'after' });
    expect(seen).toEqual(['POST /begin text/plain yes', 'GET /poll undefined yes']);
    expect(state.lastUpdatedTime - begun).toBe(7000);
    expect(eventsOf(engine, 'h').filter((event) => /Scheduled|Created/.test(event))).toEqual([
      'TaskScheduled 0',
      'TimerCreated 1',
      'TaskScheduled 2',
      'TaskScheduled 3',
    ]);
  } finally {
    server.close();
  }
});

test.each(['one-transaction', 'messages-first'] as const)(
  'timers survive continue-as-new (%s)',
  async (commitOrder) => {
    const { engine, clock } = start({ commitOrder });
    const begun = clock.now();
    const state = await run(engine, 'TimerRounds', { round: 0 });
    expect(outputOf(state)).toBe(3);
    expect(state.lastUpdatedTime - begun).toBe(4000);
  },
);

test('an orchestrator that continues as new for ever does not stop the others', async () => {
  const { engine } = start();
  await engine.start({ name: 'ForEver', input: null });
  expect(outputOf(await run(engine, 'Chain', 3))).toEqual([0, 1, 2]);
});

test('a start left alone for its version is still there when another message comes', async () => {
  const { engine, store } = start({ settings: { defaultVersion: '1', versionMatchStrategy: 'Strict' } });
  await engine.start({ name: 'Wait', instanceId: 'v', input: null, version: '2' });
  await settled(engine);
  await engine.raiseEvent('v', 'go', '1');
  await settled(engine);
  expect(engine.get('v')?.runtimeStatus).toBe('Pending');
  expect(store.messages()).toHaveLength(2);
  const next = start({ store, settings: { defaultVersion: '2', versionMatchStrategy: 'Strict' } }).engine;
  expect(outputOf(await next.waitFor('v', ENDED))).toEqual({ value: 1 });
});

test('no more activities run at once than allowed', async () => {
  let running = 0;
  let most = 0;
  const { engine } = start({
    settings: { maxConcurrentActivityFunctions: 3 },
    worker: {
      names: (type) => app.names(type),
      invoke: async (type, ...rest) => {
        if (type !== 'activityTrigger') return app.invoke(type, ...rest);
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        return app.invoke(type, ...rest);
      },
    },
  });
  expect(outputOf(await run(engine, 'Fan', 10))).toHaveLength(10);
  expect(most).toBe(3);
});

test('a worker whose infrastructure breaks harms one instance only', async () => {
  const { engine } = start({
    worker: {
      names: (type) => app.names(type),
      invoke: (type, name, ...rest) => {
        if (name === 'Throws') throw new Error('the worker is broken');
        return app.invoke(type, name, ...rest);
      },
    },
  });
  expect((await run(engine, 'Throws', null)).output).toContain('the worker is broken');
  expect(outputOf(await run(engine, 'Chain', 1))).toEqual([0]);
});

test('a result for an execution that was replaced is ignored', async () => {
  const answers: ((value: string) => void)[] = [];
  const { engine, calls, store } = start({
    worker: {
      names: (type) => app.names(type),
      invoke: async (type, ...rest) => {
        if (type !== 'activityTrigger') return await app.invoke(type, ...rest);
        return { string: await new Promise<string>((resolve) => answers.push(resolve)) };
      },
    },
  });
  const callsOf = async (count: number): Promise<void> => {
    while (calls.filter((name) => name === 'Echo').length < count) await new Promise(setImmediate);
  };
  await engine.start({ name: 'Chain', instanceId: 'x', input: '1' });
  await callsOf(1);
  await engine.terminate('x', 'again');
  await engine.waitFor('x', ['Terminated']);
  await engine.start({ name: 'Chain', instanceId: 'x', input: '1' });
  await callsOf(2);
  answers[0]?.('stale');
  await expect.poll(() => store.messages().map(({ kind }) => kind)).toEqual(['activity']);
  expect(engine.get('x')?.runtimeStatus).toBe('Running');
  answers[1]?.('fresh');
  expect(outputOf(await engine.waitFor('x', ENDED))).toEqual(['fresh']);
});

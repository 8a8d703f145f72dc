import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { HostLife } from '../../bench/crash-test/host-life.ts';

let arrived = 0;
const server = createServer((_, response) => {
  arrived++;
  response.end();
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => {
  server.close();
});

const send = async (): Promise<void> => {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const [response] = await once(request({ port, host: '127.0.0.1', agent: false }).end(), 'response');
  response.resume();
};

it('cuts what a dropped host still sends, and nothing else', async () => {
  const life = new HostLife();
  const next = Promise.withResolvers<void>();
  const worker = life.watch({
    names: () => [],
    invoke: async () => {
      await send();
      await next.promise;
      await send();
      return undefined;
    },
  });
  const activity = worker.invoke('activityTrigger', 'a', {});
  await expect.poll(() => arrived).toBe(1);
  expect(life.running).toBe(1);

  life.end();
  next.resolve();
  await expect(activity).rejects.toThrow();
  expect({ arrived, running: life.running }).toEqual({ arrived: 1, running: 0 });

  await send();
  expect(arrived).toBe(2);
});

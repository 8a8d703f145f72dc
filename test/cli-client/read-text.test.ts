import { describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/service/api-client.ts';
import { readText } from '../../cli/service/read-text.ts';
import { rawAnswer, rawHead, useRawServer } from '../support/raw-server.ts';

const server = useRawServer();

const client = (base: string) => new ApiClient({ base, key: undefined, token: undefined });

describe("the service's answer", () => {
  it('is text, wherever its bytes are divided', async () => {
    const { url } = await server.start((socket) => {
      const answer = rawAnswer('{"a":"ü"}');
      socket.write(answer.subarray(0, -3), () => setTimeout(() => socket.write(answer.subarray(-3)), 20));
    });
    expect(await readText(await fetch(url))).toBe('{"a":"ü"}');
  });

  it.each([0, 10])('may have no more bytes than it may (%i more)', async (more) => {
    const { url } = await server.start((socket) => socket.write(rawAnswer('x'.repeat(1024 + more))));
    const text = readText(await fetch(url), 1024);
    if (more === 0) expect(await text).toHaveLength(1024);
    else await expect(text).rejects.toThrow('It is not this service');
  });

  it('without end is an error that says so, not one of the network', async () => {
    const raw = await server.start((socket) => {
      socket.write(rawHead({ 'Transfer-Encoding': 'chunked' }));
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
      const more = (): void => void (socket.destroyed || socket.write(chunk, more));
      more();
    });
    await expect(client(raw.url).send({ path: '/deployments' })).rejects.toThrow('answered more than 64 MB');
  });
});

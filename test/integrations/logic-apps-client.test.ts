import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { LogicAppsHttpClient } from '../support/logic-apps/http-client.ts';

/** A client whose every request gets this answer, and what it sent. */
const clientAnswered = (status: number) => {
  const sent: Headers[] = [];
  const client = new LogicAppsHttpClient({
    clock: new VirtualClock(),
    token: () => 'token',
    send: async (_, init) => {
      sent.push(new Headers(init?.headers));
      return new Response('', { status });
    },
  });
  return { client, sent };
};

const request = { method: 'GET', uri: 'https://service.example/api' };

describe('the rules of the HTTP action by which the workflows are judged', () => {
  it.each([408, 429, 500, 502, 503])('%i is tried four times more', async (status) => {
    const { client, sent } = clientAnswered(status);
    expect((await client.request(request)).statusCode).toBe(status);
    expect(sent).toHaveLength(5);
  });

  it.each([200, 400, 401, 404, 409, 422])('%i is not tried again', async (status) => {
    const { client, sent } = clientAnswered(status);
    expect((await client.request(request)).statusCode).toBe(status);
    expect(sent).toHaveLength(1);
  });

  it('drops the headers that Logic Apps drops', async () => {
    const { client, sent } = clientAnswered(200);
    const dropped = { 'Accept-Language': 'en', Cookie: 'a=b', 'Content-Location': '/x', 'Last-Modified': 'now' };
    await client.request({ ...request, headers: { ...dropped, 'Content-Type': 'text/plain', 'X-Kept': '1' } });
    expect(Object.fromEntries(sent[0] ?? [])).toEqual({ 'content-type': 'text/plain', 'x-kept': '1' });
  });
});

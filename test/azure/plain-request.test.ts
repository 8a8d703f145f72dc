import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sendPlain } from '../../src/azure/plain-request.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

describe('a plain request', () => {
  const URL = 'https://registry.example/v2/';

  beforeEach(() => azure.on('POST https://registry.example/v2/', { status: 301, headers: { location: '/elsewhere' } }));

  it('carries what it is given and no token, and follows no redirect', async () => {
    const { status, headers } = await sendPlain('POST', URL, { headers: { Accept: 'text/plain' }, body: 'a=1' });
    expect([status, headers.get('location')]).toEqual([301, '/elsewhere']);
    const sent = azure.requests[0];
    expect(sent?.body).toBe('a=1');
    expect(sent?.headers.accept).toBe('text/plain');
    expect(sent?.headers.authorization).toBeUndefined();
  });

  it('needs neither headers nor body', async () => {
    await sendPlain('POST', URL);
    expect(azure.requests[0]?.body).toBeUndefined();
  });

  it('is given up after some seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const sent = sendPlain('POST', URL);
      const outcome = expect(sent).rejects.toThrow();
      azure.on('POST https://registry.example/v2/', 200);
      vi.advanceTimersByTime(4_000);
      await outcome;
    } finally {
      vi.useRealTimers();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { sendAuthorized } from '../../src/azure/authorized-request.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SCOPE = 'https://management.azure.com/.default';

describe('a request with a token', () => {
  it.each([
    'https://evil.example/x',
    'http://management.azure.com/x',
    'https://management.azure.com:444/x',
    'http://kv.vault.azure.net/secrets/x',
    'https://kv.vault.azure.net:8443/secrets/x',
    'https://kv.vault.azure.net.evil.example/secrets/x',
    'https://kv.vault.azure.cn/secrets/x',
  ])('is not sent to %s', async (url) => {
    await expect(sendAuthorized('GET', url, SCOPE)).rejects.toThrow(
      `The host ${new URL(url).host} is not Azure's: it is not asked.`,
    );
    expect(azure.routes).toEqual([]);
  });

  it('is not sent on to another host that the answer names', async () => {
    azure.on('GET /x', { status: 307, headers: { location: 'https://evil.example/x' } });
    expect(await sendAuthorized('GET', 'https://management.azure.com/x', SCOPE)).toMatchObject({ status: 307 });
    expect(azure.routes).toEqual(['GET /x']);
  });

  it('is sent once, whatever is answered, and says who the app is', async () => {
    azure.on('GET /x', { status: 503, headers: { 'retry-after': '0' } });
    expect(await sendAuthorized('GET', 'https://management.azure.com/x', SCOPE)).toMatchObject({ status: 503 });
    const { headers, body } = azure.request('GET /x');
    expect(headers.authorization).toMatch(/^Bearer /);
    expect(headers['user-agent']).toContain('airflow-on-aks');
    expect(body).toBeUndefined();
  });

  it('carries a body as JSON', async () => {
    azure.on('PUT /x', 200);
    await sendAuthorized('PUT', 'https://management.azure.com/x', SCOPE, { a: [1] });
    const { headers, body } = azure.request('PUT /x');
    expect(body).toEqual({ a: [1] });
    expect(headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  });
});

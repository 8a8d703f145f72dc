import { describe, expect, it, vi } from 'vitest';
import { askVault } from '../../src/azure/ask-vault.ts';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

describe('a vault', () => {
  it('is asked in one api-version, and answers whatever it likes', async () => {
    azure.on('GET https://kv.vault.azure.net/secrets/x', { body: { value: 's' } }, 404);
    const ask = () => askVault('GET', new URL('https://kv.vault.azure.net/secrets/x?a=1'));
    expect(await ask()).toMatchObject({ status: 200, bodyAsText: '{"value":"s"}' });
    expect(azure.requests[0]?.query).toEqual({ a: '1', 'api-version': '7.5' });
    expect(await ask()).toMatchObject({ status: 404 });
  });

  it.each([
    ['AzureCloud', 'vault.azure.net'],
    ['AzureChinaCloud', 'vault.azure.cn'],
  ])("is asked with a token for the vaults of the app's cloud: %s", async (cloud, host) => {
    vi.stubEnv('AZURE_CLOUD', cloud);
    const asked = vi.spyOn(SimulatorCredential.prototype, 'getToken');
    azure.on(`GET https://kv.${host}/secrets/x`, { body: {} });
    await askVault('GET', new URL(`https://kv.${host}/secrets/x`));
    expect(asked.mock.calls.map(([scopes]) => [scopes].flat())).toEqual([[`https://${host}/.default`]]);
    asked.mockRestore();
  });

  it.each([
    'http://kv.vault.azure.net/secrets/x',
    'https://kv.vault.azure.net:8443/secrets/x',
    'https://kv.vault.azure.net.evil.example/secrets/x',
    'https://kv.vault.azure.cn/secrets/x',
    'https://evil.example/secrets/x',
  ])('is none at %s: it is not asked', async (url) => {
    await expect(askVault('GET', new URL(url))).rejects.toThrow(
      `The vault's host ${new URL(url).host} is not one of Azure's: it is not asked.`,
    );
    expect(azure.routes).toEqual([]);
  });
});

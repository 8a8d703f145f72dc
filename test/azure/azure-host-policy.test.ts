import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterEach, expect, it, vi } from 'vitest';
import { azureHostPolicy } from '../../src/azure/azure-host-policy.ts';

afterEach(() => vi.unstubAllEnvs());

/** Sends a request through the policy; what comes after it answers 204. */
const send = (url: string) => {
  const request = createPipelineRequest({ url });
  return azureHostPolicy.sendRequest(request, async () => ({ request, status: 204, headers: createHttpHeaders() }));
};

it.each([
  ['AzureCloud', 'https://management.azure.com/subscriptions/s'],
  ['AzureCloud', 'https://kv.vault.azure.net/secrets/x'],
  ['AzureChinaCloud', 'https://management.chinacloudapi.cn/subscriptions/s'],
  ['AzureChinaCloud', 'https://kv.vault.azure.cn/secrets/x'],
])('in %s a token may go to %s', async (cloud, url) => {
  vi.stubEnv('AZURE_CLOUD', cloud);
  expect(await send(url)).toMatchObject({ status: 204 });
});

it.each([
  'https://management.chinacloudapi.cn/subscriptions/s',
  'http://management.azure.com/subscriptions/s',
  'https://management.azure.com:444/subscriptions/s',
  'https://kv.vault.azure.cn/secrets/x',
  'http://kv.vault.azure.net/secrets/x',
  'https://kv.vault.azure.net:444/secrets/x',
  'https://evil.example/kv.vault.azure.net',
  'https://kv.vault.azure.net.evil.example/secrets/x',
])('in AzureCloud no token goes to %s', async (url) => {
  await expect(send(url)).rejects.toThrow(`The host ${new URL(url).host} is not Azure's: it is not asked.`);
});

it('the policy has a name, by which a pipeline distinguishes it from others', () => {
  expect(azureHostPolicy.name).toBe('azureHostPolicy');
});

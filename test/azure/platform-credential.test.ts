import dns from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const TOKEN: Answer = {
  body: { access_token: 't', expires_on: '4102444800', resource: 'r', token_type: 'Bearer' },
};

// The app's credential is one for the process.
beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.resetModules();
});

/** Gets a token on a platform that offers a managed identity at an endpoint of this machine, and returns what the endpoint was asked. */
const askedWith = async (settings: Readonly<Record<string, string>>) => {
  const endpoint = `${process.env.AZURE_SIMULATOR_URL}/identity`;
  azure.on(`GET https://${new URL(endpoint).host}/identity`, TOKEN);
  vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
  vi.stubEnv('IDENTITY_ENDPOINT', endpoint);
  vi.stubEnv('IDENTITY_HEADER', 'secret');
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { appCredential } = await import('../../src/azure/credential.ts');
  expect(await appCredential().getToken('https://vault.azure.net/.default')).toMatchObject({ token: 't' });
  return azure.requests[0]?.query;
};

it("the app's credential is one for the process, whose tokens all requests share", async () => {
  const { appCredential } = await import('../../src/azure/credential.ts');
  const credential = appCredential();
  expect(appCredential()).toBe(credential);
  vi.stubEnv('AZURE_CLOUD', 'AzureChinaCloud');
  expect(appCredential()).not.toBe(credential);
});

describe('the managed identity of the app', () => {
  it('is the one that AZURE_CLIENT_ID names', async () => {
    expect(await askedWith({ AZURE_CLIENT_ID: 'mine' })).toMatchObject({
      client_id: 'mine',
      resource: 'https://vault.azure.net',
    });
  });

  it('is that of the system without the setting', async () => {
    expect(await askedWith({})).not.toHaveProperty('client_id');
  });
});

describe("a developer's service principal", () => {
  it.each([
    // The name by which MSAL knows login.chinacloudapi.cn.
    ['AzureChinaCloud', 'login.partner.microsoftonline.cn'],
    ['AzureUSGovernment', 'login.microsoftonline.us'],
  ])('logs in at the authority of its cloud: in %s at %s', async (cloud, authority) => {
    const principal = { AZURE_TENANT_ID: 'mine', AZURE_CLIENT_ID: 'mine', AZURE_CLIENT_SECRET: 'secret' };
    const absent = { AZURE_SIMULATOR_URL: undefined, IDENTITY_ENDPOINT: undefined, HTTPS_PROXY: undefined };
    for (const [name, value] of Object.entries({ ...absent, ...principal, AZURE_CLOUD: cloud }))
      vi.stubEnv(name, value);
    const asked: unknown[] = [];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation((...parameters: unknown[]) => {
      asked.push(parameters[0]);
      const answer = parameters.at(-1);
      if (typeof answer === 'function') answer(Object.assign(new Error('no network'), { code: 'EREFUSED' }));
    });
    const { appCredential } = await import('../../src/azure/credential.ts');
    await expect(appCredential().getToken('https://vault.azure.net/.default')).rejects.toThrow();
    expect(asked).toContain(authority);
    lookup.mockRestore();
  });
});

import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { describe, expect, it, vi } from 'vitest';
import { appCredential, appIdentity } from '../../src/azure/credential.ts';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import { SCRIPTED_OBJECT_ID, SCRIPTED_TENANT_ID, useScriptedAzure } from '../support/scripted-azure.ts';

useScriptedAzure();

describe("the app's credential", () => {
  it('is one for the process', () => {
    expect(appCredential()).toBeInstanceOf(SimulatorCredential);
    expect(appCredential()).toBe(appCredential());
  });

  it('is the managed identity where the platform offers one, otherwise what a developer has', () => {
    vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
    vi.stubEnv('IDENTITY_ENDPOINT', 'http://127.0.0.1/msi/token');
    vi.stubEnv('AZURE_CLOUD', 'AzureUSGovernment');
    expect(appCredential()).toBeInstanceOf(ManagedIdentityCredential);
    vi.stubEnv('IDENTITY_ENDPOINT', undefined);
    vi.stubEnv('AZURE_CLOUD', 'AzureChinaCloud');
    expect(appCredential()).toBeInstanceOf(DefaultAzureCredential);
  });

  it('says who the app is', async () => {
    expect(await appIdentity()).toEqual({ objectId: SCRIPTED_OBJECT_ID, tenantId: SCRIPTED_TENANT_ID });
  });

  it.each(['', 'opaque', 'a.e30.c'])('says nothing with the token "%s"', async (token) => {
    const given = vi
      .spyOn(SimulatorCredential.prototype, 'getToken')
      .mockResolvedValue({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
    await expect(appIdentity()).rejects.toThrow(
      token.includes('.') ? /oid/ : 'The credential gave no access token for Resource Manager.',
    );
    given.mockRestore();
  });
});

import { describe, expect, it, vi } from 'vitest';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

useScriptedAzure();

describe('the identity in simulator mode', () => {
  const credential = () => new SimulatorCredential(new URL(process.env.AZURE_SIMULATOR_URL ?? ''));

  const answer = (response: Response) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => response.clone());

  it('gets its tokens as a managed identity does', async () => {
    const fetched = answer(Response.json({ access_token: 't', expires_on: '1700000000' }));
    expect(await credential().getToken(['https://vault.azure.net/.default'])).toEqual({
      token: 't',
      expiresOnTimestamp: 1_700_000_000_000,
    });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(String(url)).toMatch(/\/msi\/token\?api-version=2019-08-01&resource=https%3A%2F%2Fvault\.azure\.net$/);
    expect(init?.headers).toEqual({ 'X-IDENTITY-HEADER': 'simulator' });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
    await credential().getToken('https://x/.default/y');
    expect(String(fetched.mock.calls[1]?.[0])).toContain('resource=https%3A%2F%2Fx%2F.default%2Fy');
    await credential().getToken(['a', 'b/.default']);
    expect(String(fetched.mock.calls[2]?.[0])).toMatch(/&resource=a\+b$/);
    fetched.mockRestore();
  });

  it('says when the simulator is another cloud', async () => {
    const fetched = answer(new Response('', { status: 400 }));
    await expect(credential().getToken('https://vault.azure.net/.default')).rejects.toMatchObject({
      failure: {
        code: 'CredentialUnavailable',
        message:
          'The Azure simulator gave no token for https://vault.azure.net (HTTP 400): it is one cloud of Azure, which AZURE_CLOUD must name.',
      },
    });
    fetched.mockRestore();
  });

  it('says when the simulator does not answer', async () => {
    const cause = new TypeError('fetch failed');
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(cause);
    const error: unknown = await credential()
      .getToken('x')
      .catch((thrown: unknown) => thrown);
    expect(error instanceof Error && error.message).toMatch(
      /^The Azure simulator at http:\/\/127\.0\.0\.1:\d+ does not answer\. Start it with "npm run simulator"/,
    );
    expect(error instanceof Error && error.cause).toBe(cause);
    fetched.mockRestore();
  });
});

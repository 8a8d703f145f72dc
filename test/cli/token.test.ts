import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type AzureSimulator, startAzureSimulator } from '../../local/azure-simulator/azure-simulator.ts';
import { runCommand } from '../../local/cli/run-command.ts';
import { entraSettings } from '../../local/cli/services/entra-settings.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { readAuthentication } from '../../src/callers/authentication.ts';

let simulator: AzureSimulator;
beforeAll(async () => {
  simulator = await startAzureSimulator({ clock: new VirtualClock() });
});
afterAll(() => simulator.close());
afterEach(() => vi.restoreAllMocks());

it('npm run token prints a token with the roles, and nothing else', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const roles = 'Deployments.Read, Deployments.All';
  expect(await runCommand(['token', '--simulator', simulator.url, '--roles', roles, '--name', 'bob'])).toBe(0);
  expect(log.mock.calls).toHaveLength(1);
  const payload = String(log.mock.calls[0]?.[0]).split('.')[1] ?? '';
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    preferred_username: 'bob',
    roles: ['Deployments.Read', 'Deployments.All'],
  });
});

it('npm run token says where to find the simulator when there is none', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  expect(await runCommand(['token', '--simulator', 'http://127.0.0.1:9'])).toBe(1);
  expect(error.mock.calls[0]?.[0]).toContain('npm start and npm run simulator print where theirs is');
});

it('npm start gives the app what it needs for the tokens, unless the environment does', () => {
  const environment = { AUTH_MODE: 'entra', ENTRA_TENANT_ID: '99999999-0000-4000-8000-000000000000' };
  const settings = entraSettings(environment);
  expect(settings).toMatchObject({ ENTRA_TENANT_ID: environment.ENTRA_TENANT_ID });
  expect(readAuthentication({ ...environment, ...settings })).toMatchObject({ mode: 'entra' });
  expect(entraSettings({})).toEqual({});
});

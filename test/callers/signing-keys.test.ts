import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type AzureSimulator,
  type Fault,
  SIMULATED_API_CLIENT_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { signingKeys } from '../../src/callers/signing-keys.ts';
import { verifyToken } from '../../src/callers/verify-token.ts';

let simulator: AzureSimulator;
let keys: ReturnType<typeof signingKeys>;

beforeEach(async () => {
  simulator = await startAzureSimulator({ clock: new VirtualClock() });
  vi.stubEnv('AZURE_SIMULATOR_URL', simulator.url);
  keys = signingKeys(`https://login.microsoftonline.com/${SIMULATED_TENANT_ID}/discovery/v2.0/keys`);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await simulator.close();
});

const control = async (path: string, body: object = {}): Promise<string> => {
  const response = await fetch(`${simulator.url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return response.text();
};
/** Asked for before the time is changed: a token's own time is this machine's. */
const newToken = async (): Promise<string> =>
  JSON.parse(await control('tokens', { roles: ['Deployments.Read'], lifetimeSeconds: 7 * 24 * 3600 })).access_token;
const check = (token: string) =>
  verifyToken(
    token,
    {
      tenantId: SIMULATED_TENANT_ID,
      audiences: [SIMULATED_API_CLIENT_ID],
      issuers: [`https://login.microsoftonline.com/${SIMULATED_TENANT_ID}/v2.0`],
    },
    keys,
  );
const fetches = () => simulator.requests().length;
const later = (seconds: number): void => {
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
  vi.advanceTimersByTime(seconds * 1000);
};
const answers = (answer: Extract<Fault['action'], { answer: unknown }>['answer']) =>
  simulator.addFault({ method: 'GET', path: '/keys', nth: 1, times: 100, action: { answer } });
const outage = () => answers({ status: 503 });

it('are fetched with the first token, and once for many at a time', async () => {
  const token = await newToken();
  expect(fetches()).toBe(0);
  await Promise.all(Array.from({ length: 20 }, () => check(token)));
  expect(fetches()).toBe(1);
});

it('a new key is fetched when a token names it, though not for every made-up name', async () => {
  await check(await newToken());
  await control('signing-keys');
  const token = await newToken();
  await expect(check(token)).rejects.toThrow('a key that the tenant does not have');
  expect(fetches()).toBe(1);
  later(31);
  expect(await check(token)).toMatchObject({ roles: ['Deployments.Read'] });
  expect(fetches()).toBe(2);
});

it('while they cannot be fetched known ones count, be they old, and unknown ones are not refused for good', async () => {
  const known = await newToken();
  await check(known);
  await control('signing-keys');
  const unknown = await newToken();
  outage();
  later(25 * 3600);
  expect(await check(known)).toMatchObject({ roles: ['Deployments.Read'] });
  await expect(check(unknown)).rejects.toMatchObject({ name: 'KeysUnavailableError' });
  // The endpoint is left alone for a while.
  expect(fetches()).toBe(2);
  later(11);
  await expect(check(unknown)).rejects.toMatchObject({ name: 'KeysUnavailableError' });
  expect(fetches()).toBe(3);
});

it('with none at all nobody is let in', async () => {
  const token = await newToken();
  outage();
  await expect(check(token)).rejects.toMatchObject({ name: 'KeysUnavailableError' });
});

it.each([
  ['no JSON', 'nonsense'],
  ['no key set', { error: 'x' }],
])('an answer that is %s is an outage too', async (_, body) => {
  const token = await newToken();
  answers({ status: 200, body });
  await expect(check(token)).rejects.toMatchObject({ name: 'KeysUnavailableError' });
});

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { registeredRoutes } from '../../support/callers.ts';
import { TestWorld } from '../../support/world.ts';

const said: string[] = [];
vi.spyOn(console, 'error').mockImplementation((text: string) => {
  said.push(text);
});
vi.stubEnv('AUTH_MODE', 'entra');
vi.stubEnv('ENTRA_TENANT_ID', 'common');

let world: TestWorld;
beforeAll(async () => {
  world = await TestWorld.start({ auth: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const routes = await registeredRoutes();

it('the log says so when the app starts', () => {
  expect(said.join()).toContain('Every request is refused: The app setting ENTRA_TENANT_ID must be');
});

it.each(routes)('$name: nobody is let in, with or without a key', async ({ name, method, path }) => {
  for (const headers of [{}, { 'x-functions-key': world.key }, { authorization: 'Bearer x' }]) {
    const response = await fetch(`${world.host.url}${path}`, { method, headers });
    const text = await response.text();
    if (name === 'getHealth') expect([response.status, text]).toEqual([200, '{"status":"ok"}']);
    else expect([response.status, text]).toEqual([500, expect.stringContaining('ENTRA_TENANT_ID')]);
  }
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROUTES, registeredRoutes } from '../../support/callers.ts';
import { TestWorld } from '../../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await TestWorld.start({ auth: true });
});
afterAll(() => world.close());

const routes = await registeredRoutes();

it('every route that the app registers is in the table', () => {
  expect(routes.map(({ name }) => name)).toEqual(Object.keys(ROUTES).toSorted());
});

it.each(routes)('$name: the right key alone opens it', async ({ name, method, path }) => {
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${world.host.url}${path}`, { method, headers })).status;
  const right = await ask({ 'x-functions-key': world.key });
  expect([401, 403]).not.toContain(right);
  const open = Object.entries(ROUTES).some(([route, who]) => route === name && who === 'anybody');
  const expected = open ? right : 401;
  expect(await ask({})).toBe(expected);
  expect(await ask({ 'x-functions-key': 'wrong' })).toBe(expected);
  // A token is no key.
  expect(await ask({ authorization: `Bearer ${world.key}` })).toBe(expected);
});

it('who signed in at the platform is not believed from a header while its sign-in is off', async () => {
  const response = await world.fetch('/api/deployments', {
    method: 'POST',
    headers: { 'x-ms-client-principal-id': 'x', 'x-ms-client-principal-name': 'mallory' },
    body: JSON.stringify({ resourceGroupName: 'keys', images: [] }),
  });
  expect(response.status).toBe(202);
  const status = await world.ended('keys');
  expect(JSON.stringify(status)).not.toMatch(/mallory|requestedBy/);
  const tags = world.azure.simulator.resources().map((resource) => Object.keys(resource.tags ?? {}));
  expect(tags.flat()).not.toContain('airflow-on-aks-requested-by');
});

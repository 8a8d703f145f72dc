import { until } from '../../support/until.ts';
import type { Fixture } from '../fixture.ts';

/** Requests that have arrived and are not answered while the test lasts, at a modelled instant that stays. */
export const underWay = async (
  azure: Fixture,
  count: number,
  method: string,
  url: string,
  body?: unknown,
): Promise<void> => {
  const path = new URL(url, 'https://management.azure.com').pathname;
  await azure.control('POST', 'faults', { method, path, times: count, action: { delaySeconds: 3600 } });
  // One for each of them and one for the request of the test.
  for (let held = 0; held <= count; held++) azure.clock.hold();
  // Their connections are cut at the end.
  for (let sent = 0; sent < count; sent++) azure.send(method, url, body).catch(() => {});
  await until(`${count} requests under way`, async () => {
    const { body: faults } = await azure.control('GET', 'faults');
    return JSON.stringify(faults).includes(`"matched":${count}`) || undefined;
  });
};

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import { good, url } from './validation/requests.ts';

const SOURCE = 'quay.io/prometheus/statsd-exporter:v0.26.1';
const REGISTRY = 'airflowregistry';

let azure: Fixture;

beforeEach(async () => {
  azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
  await azure.send('PUT', url.registry(REGISTRY), good.registry);
  await azure.clock.sleep(120_000);
});

afterEach(() => azure.close());

/** What the source registry says that the tag points to. */
const digestNow = async (): Promise<string> => {
  const { headers } = await azure.send('HEAD', 'https://quay.io/v2/prometheus/statsd-exporter/manifests/v0.26.1');
  return String(headers['docker-content-digest']);
};

const importByDigest = async (digest: string): Promise<{ status: number; text: string }> => {
  const { headers } = await azure.send('POST', url.registry(REGISTRY, '/importImage'), {
    source: { registryUri: 'quay.io', sourceImage: `prometheus/statsd-exporter@${digest}` },
    targetTags: ['statsd-exporter:v0.26.1'],
    mode: 'Force',
  });
  await azure.clock.sleep(600_000);
  return azure.send('GET', String(headers.location));
};

const held = () => azure.simulator.resources().find(({ type }) => type.endsWith('/importedImages'))?.properties?.digest;

it('an import by digest makes the tag point to it', async () => {
  const digest = await digestNow();
  expect((await importByDigest(digest)).status).toBe(200);
  expect(held()).toBe(digest);
});

it('a tag that was pushed again points elsewhere, and what it pointed to is still there', async () => {
  const before = await digestNow();
  await azure.control('POST', 'images', { push: [SOURCE] });
  expect(await digestNow()).not.toBe(before);
  expect((await importByDigest(before)).status).toBe(200);
  expect(held()).toBe(before);
});

it('a digest that the repository does not have is not imported, nor shown', async () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const answer = await importByDigest(digest);
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('manifest unknown') });
  const shown = await azure.send('HEAD', `https://quay.io/v2/prometheus/statsd-exporter/manifests/${digest}`);
  expect(shown.status).toBe(404);
  expect(held()).toBeUndefined();
});

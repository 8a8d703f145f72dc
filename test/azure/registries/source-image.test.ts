import { describe, expect, it } from 'vitest';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { MANIFEST_TYPES } from '../../../src/azure/registries/manifests.ts';
import { findSourceImage } from '../../../src/azure/registries/source-image.ts';
import { type Answer, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const DIGEST = `sha256:${'0'.repeat(64)}`;
const FOUND = { headers: { 'docker-content-digest': DIGEST } };

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('a public registry', () => {
  const TOKENS = {
    docker: 'GET https://auth.docker.io/token',
    github: 'GET https://ghcr.io/token',
  };

  it.each([
    ['docker.io/apache/airflow:2.9.3', 'registry-1.docker.io/v2/apache/airflow/manifests/2.9.3', 'apache/airflow'],
    ['docker.io/nginx:1', 'registry-1.docker.io/v2/library/nginx/manifests/1', 'library/nginx'],
  ])('%s is asked for with an anonymous token', async (source, path, repository) => {
    azure.on(TOKENS.docker, { body: { token: 'anonymous' } });
    azure.on(`HEAD https://${path}`, FOUND);
    expect(await findSourceImage(source)).toEqual({ digest: DIGEST });
    expect(azure.requests[0]?.query).toEqual({
      service: 'registry.docker.io',
      scope: `repository:${repository}:pull`,
    });
    expect(azure.requests[1]?.headers).toMatchObject({ accept: MANIFEST_TYPES, authorization: 'Bearer anonymous' });
  });

  it('of GitHub gives tokens at its own host', async () => {
    azure.on(TOKENS.github, { body: { token: 'anonymous' } });
    azure.on('HEAD https://ghcr.io/v2/a/manifests/1', FOUND);
    await findSourceImage('ghcr.io/a:1');
    expect(azure.requests[0]?.query).toEqual({ service: 'ghcr.io', scope: 'repository:a:pull' });
  });

  it.each([
    ['quay.io/prometheus/statsd-exporter:v1', 'quay.io/v2/prometheus/statsd-exporter/manifests/v1'],
    ['mcr.microsoft.com/a:1', 'mcr.microsoft.com/v2/a/manifests/1'],
    ['registry.k8s.io/git-sync/git-sync:v4', 'registry.k8s.io/v2/git-sync/git-sync/manifests/v4'],
    [`quay.io/a@${DIGEST}`, `quay.io/v2/a/manifests/${encodeURIComponent(DIGEST)}`],
  ])('%s is asked for without', async (source, path) => {
    azure.on(`HEAD https://${path}`, FOUND);
    expect(await findSourceImage(source)).toEqual({ digest: DIGEST });
    expect(azure.requests[0]?.headers.authorization).toBeUndefined();
  });

  const ask = (answer: Answer, source = 'quay.io/a:1') => {
    azure.on('HEAD https://quay.io/v2/a/manifests/1', answer);
    azure.on('HEAD https://registry.k8s.io/v2/a/manifests/1', answer);
    return findSourceImage(source);
  };

  it('may keep the digest to itself', async () => {
    expect(await ask(200)).toEqual({ digest: undefined });
  });

  it.each([401, 403, 404])('has no image for everyone when it answers %i', async (status) => {
    expect(await ask(status)).toBeUndefined();
  });

  it.each([300, 304, 400, 429, 500])('does not say when it answers %i', async (status) => {
    expect(await failureOf(ask(status))).toEqual({
      code: 'RegistryNotAsked',
      message: `quay.io answered HTTP ${status}.`,
    });
  });

  it('of Kubernetes sends on to its mirrors, which are asked', async () => {
    const location = 'https://europe-west3-docker.pkg.dev/v2/a/manifests/1';
    azure.on(`HEAD ${location}`, FOUND);
    for (const status of [300, 307, 399]) {
      expect(await ask({ status, headers: { location } }, 'registry.k8s.io/a:1')).toEqual({ digest: DIGEST });
    }
    expect(azure.requests[1]?.headers.accept).toBe(MANIFEST_TYPES);
  });

  it.each([
    'http://europe-docker.pkg.dev/x',
    'https://europe-docker.pkg.dev.evil.example/x',
    'https://evil.example/europe-docker.pkg.dev',
    'https://evil.example:8443/x-docker.pkg.dev',
    'https://a_b-docker.pkg.dev/x',
    'https://a-dockerXpkg.dev/x',
    'https://-docker.pkg.dev:444/',
    '/relative',
  ])('is not followed to %s', async (location) => {
    expect(await failureOf(ask({ status: 307, headers: { location } }, 'registry.k8s.io/a:1'))).toMatchObject({
      message: 'registry.k8s.io leads to an unknown host.',
    });
  });

  it('that has no mirrors is not followed anywhere', async () => {
    const location = 'https://europe-docker.pkg.dev/x';
    expect(await failureOf(ask({ status: 307, headers: { location } }))).toMatchObject({
      message: 'quay.io leads to an unknown host.',
    });
  });

  it('with a location in an answer that is no redirect is taken as it answers', async () => {
    const headers = { location: 'https://evil.example/x' };
    expect(await ask({ status: 200, headers })).toEqual({ digest: undefined });
    expect(await ask({ status: 404, headers })).toBeUndefined();
    expect(await failureOf(ask({ status: 400, headers }))).toMatchObject({ message: 'quay.io answered HTTP 400.' });
  });

  it('that gives no token does not say', async () => {
    azure.on(TOKENS.docker, 503);
    expect(await failureOf(findSourceImage('docker.io/a/b:1'))).toMatchObject({
      message: 'docker.io gave no token (HTTP 503).',
    });
  });

  it.each(['example.com/a:1', 'evil.docker.io/a:1', 'localhost/a:1'])('is not asked for %s', async (source) => {
    expect(await failureOf(findSourceImage(source))).toMatchObject({
      code: 'RegistryNotAsked',
      message: `${source.split('/')[0]} is not asked.`,
    });
    expect(azure.routes).toEqual([]);
  });
});

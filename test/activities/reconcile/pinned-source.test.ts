import { expect, it } from 'vitest';
import { pinSource } from '../../../src/activities/reconcile/pinned-source.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const DIGEST = `sha256:${'a'.repeat(64)}`;
const FOUND = { headers: { 'docker-content-digest': DIGEST } };
const QUAY = 'HEAD https://quay.io/v2/a/b/manifests/1';
const HUB = 'https://registry-1.docker.io/v2';

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

it('an image that the request names by its digest is imported by it, and nobody is asked', async () => {
  const source = `quay.io/a/b@${DIGEST}`;
  expect(await pinSource(source)).toStrictEqual({ source, digest: DIGEST });
  expect(azure.routes).toEqual([]);
});

it('a tag is imported by the digest that it names now', async () => {
  azure.on(QUAY, FOUND);
  expect(await pinSource('quay.io/a/b:1')).toStrictEqual({ source: `quay.io/a/b@${DIGEST}`, digest: DIGEST });
});

it('an image that has moved is imported from where it is now', async () => {
  azure.on('GET https://auth.docker.io/token', { body: { token: 't' } });
  azure.on(`HEAD ${HUB}/bitnami/postgresql/manifests/16`, 404);
  azure.on(`HEAD ${HUB}/bitnamilegacy/postgresql/manifests/16`, FOUND);
  expect(await pinSource('docker.io/bitnami/postgresql:16')).toStrictEqual({
    source: `docker.io/bitnamilegacy/postgresql@${DIGEST}`,
    digest: DIGEST,
    movedTo: 'docker.io/bitnamilegacy/postgresql:16',
  });
});

it('an image that is still at its first place is imported from there', async () => {
  azure.on('GET https://auth.docker.io/token', { body: { token: 't' } });
  azure.on(`HEAD ${HUB}/bitnami/postgresql/manifests/16`, FOUND);
  expect(await pinSource('docker.io/bitnami/postgresql:16')).toStrictEqual({
    source: `docker.io/bitnami/postgresql@${DIGEST}`,
    digest: DIGEST,
  });
});

it('an image that does not exist is not imported', async () => {
  azure.on(QUAY, 404);
  expect(await failureOf(pinSource('quay.io/a/b:1'))).toEqual({
    code: 'SourceDigestUnknown',
    message: 'The digest of quay.io/a/b:1 is not known: the image does not exist, or not for everyone.',
  });
});

it('an image whose registry keeps the digest to itself is not imported', async () => {
  azure.on(QUAY, 200);
  expect(await failureOf(pinSource('quay.io/a/b:1'))).toEqual({
    code: 'SourceDigestUnknown',
    message: 'The digest of quay.io/a/b:1 is not known: its registry does not give it.',
  });
});

import { expect, it } from 'vitest';
import { MANIFEST_TYPES, splitReference } from '../../../src/azure/registries/manifests.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

it.each([
  ['airflow:2.9.3', 'airflow', '2.9.3'],
  ['a/b:c', 'a/b', 'c'],
  [`a/b@${DIGEST}`, 'a/b', DIGEST],
  ['@x', '', 'x'],
])('%s is a repository and a reference', (image, repository, reference) => {
  expect(splitReference(image)).toEqual({ repository, reference });
});

it('registries are asked for indexes and manifests, of both formats', () => {
  expect(MANIFEST_TYPES.split(', ')).toEqual([
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ]);
});

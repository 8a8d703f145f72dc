import { expect, it } from 'vitest';
import { atDigest, digestOf, isAsked } from '../../../src/deployment/names/image.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

it.each([
  ['docker.io/apache/airflow:2.9.3', `docker.io/apache/airflow@${DIGEST}`],
  ['registry.example.com:5000/a/b:c.d-e_f', `registry.example.com:5000/a/b@${DIGEST}`],
  [`quay.io/a/b@sha256:${'0'.repeat(64)}`, `quay.io/a/b@${DIGEST}`],
])('%s by its digest', (source, expected) => {
  expect(atDigest(source, DIGEST)).toBe(expected);
  expect(digestOf(expected)).toBe(DIGEST);
  expect(digestOf('docker.io/apache/airflow:2.9.3')).toBeUndefined();
});

it('only the public registries are asked, whatever a name begins with', () => {
  expect(isAsked('docker.io/apache/airflow:2.9.3')).toBe(true);
  expect(isAsked('docker.io.example.com/airflow:1')).toBe(false);
});

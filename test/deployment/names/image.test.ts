import { describe, expect, it } from 'vitest';
import {
  atDigest,
  digestOf,
  imagePattern,
  isAsked,
  movedSource,
  sourcePattern,
  splitSource,
  tutorialImages,
} from '../../../src/deployment/names/image.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

it.each([
  ['docker.io/apache/airflow:2.9.3', `docker.io/apache/airflow@${DIGEST}`],
  ['registry.example.com:5000/a/b:c.d-e_f', `registry.example.com:5000/a/b@${DIGEST}`],
  ['registry.example.com:5000/a/b', `registry.example.com:5000/a/b@${DIGEST}`],
  [`quay.io/a/b@sha256:${'0'.repeat(64)}`, `quay.io/a/b@${DIGEST}`],
])('%s by its digest', (source, expected) => {
  expect(atDigest(source, DIGEST)).toBe(expected);
  expect(digestOf(expected)).toBe(DIGEST);
});

it.each([
  'docker.io/apache/airflow:2.9.3',
  `docker.io/a@${DIGEST.slice(0, -1)}`,
  `docker.io/a@${DIGEST}a`,
  `docker.io/a@${DIGEST.replace('aaa', 'AAA')}`,
  `docker.io/a:${DIGEST}`,
])('%s names no digest', (source) => {
  expect(digestOf(source)).toBeUndefined();
});

it.each([
  ['docker.io/apache/airflow:2.9.3', true],
  ['quay.io/a:1', true],
  ['registry.k8s.io/a:1', true],
  ['mcr.microsoft.com/a:1', true],
  ['ghcr.io/a:1', true],
  ['docker.io.example.com/airflow:1', false],
  ['example.com/docker.io/a:1', false],
])('the registry of %s is asked: %s', (source, asked) => {
  expect(isAsked(source)).toBe(asked);
});

it('a source is its registry and the rest, as `az acr import` takes it', () => {
  expect(splitSource('docker.io/apache/airflow:2.9.3')).toEqual({
    registryUri: 'docker.io',
    sourceImage: 'apache/airflow:2.9.3',
  });
});

it.each([
  ['docker.io/bitnami/postgresql:16', 'docker.io/bitnamilegacy/postgresql:16'],
  ['docker.io/bitnamilegacy/postgresql:16', undefined],
  ['quay.io/docker.io/bitnami/postgresql:16', undefined],
])('%s moved to %s', (source, moved) => {
  expect(movedSource(source)).toBe(moved);
});

describe('the images of the tutorial', () => {
  it.each(tutorialImages)('$source keeps its name and tag', ({ source, image }) => {
    expect(source).toMatch(sourcePattern);
    expect(source.split('/').at(-1)).toBe(image);
  });

  it('are six, from public registries', () => {
    expect(tutorialImages).toHaveLength(6);
    expect(tutorialImages.every(({ source }) => isAsked(source))).toBe(true);
  });
});

const LONGEST_TAG = 't'.repeat(128);

describe('the name of an image', () => {
  it.each(['a:1', 'a/b/c:1', 'a.b-c__d:V_1.2-x', 'ab9:_x', `a:${LONGEST_TAG}`])('may be %s', (name) => {
    expect(name).toMatch(imagePattern);
  });

  it.each([
    'a',
    'a:',
    ':1',
    'A:1',
    '-a:1',
    'a-:1',
    'a//b:1',
    '/a:1',
    'a/:1',
    'a:.1',
    'a:-1',
    'a:1/2',
    'a:b c',
    `a:${LONGEST_TAG}t`,
    ' a:1',
    'a:1 ',
  ])('may not be %j', (name) => {
    expect(name).not.toMatch(imagePattern);
  });
});

describe('the source of an image', () => {
  it.each(['docker.io/a:1', 'My-Registry.azurecr.io/a/b.c:V1', `a.b.c/x/y@${DIGEST}`])('may be %s', (source) => {
    expect(source).toMatch(sourcePattern);
  });

  it.each([
    'docker.io/a',
    'localhost/a:1',
    'docker.io:5000/a:1',
    'docker..io/a:1',
    'docker.io/A:1',
    `docker.io/a@${DIGEST}0`,
    `docker.io/a@${DIGEST.slice(0, -1)}`,
    `docker.io/a@${DIGEST.replace('aaa', 'AAA')}`,
    `docker.io/a:1@${DIGEST}`,
    'https://docker.io/a:1',
    ' docker.io/a:1',
    'docker.io/a:1 ',
  ])('may not be %j', (source) => {
    expect(source).not.toMatch(sourcePattern);
  });
});

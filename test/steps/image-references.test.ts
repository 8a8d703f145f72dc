import { expect, it } from 'vitest';
import { image, imageNodeName } from '../../src/steps/image.ts';
import { imageReferences } from '../../src/steps/image-references.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';

it('images that differ in nothing but what a variable cannot have get one each', () => {
  const digests = { 'a-b:1': 'sha256:1', 'a_b:1': 'sha256:2', 'a.b:1': 'sha256:3', 'c/d:1': 'sha256:4' };
  const images = Object.entries(digests).map(([image, digest]) => ({ image, digest }));
  expect(imageReferences('r.azurecr.io', [...images, { image: 'not-pinned:1' }])).toEqual({
    IMAGE_A_B_1: 'r.azurecr.io/a-b@sha256:1',
    IMAGE_A_B_1_2: 'r.azurecr.io/a_b@sha256:2',
    IMAGE_A_B_1_3: 'r.azurecr.io/a.b@sha256:3',
    IMAGE_C_D_1: 'r.azurecr.io/c/d@sha256:4',
  });
});

it('an image keeps its variable when another would get the same by its number', () => {
  const images = ['c:1', 'a-b:1', 'a_b:1_2', 'a_b:1'].map((image) => ({ image, digest: `sha256:${image}` }));
  expect(Object.keys(imageReferences('r.azurecr.io', images))).toEqual([
    'IMAGE_C_1',
    'IMAGE_A_B_1',
    'IMAGE_A_B_1_2',
    'IMAGE_A_B_1_3',
  ]);
});

it('each image has a variable, whatever the others are called', () => {
  const images = ['a-b:1', 'a_b:1_3', 'a_b:1'].map((image) => ({ image, digest: `sha256:${image}` }));
  expect(imageReferences('r.azurecr.io', images)).toEqual({
    IMAGE_A_B_1: 'r.azurecr.io/a-b@sha256:a-b:1',
    IMAGE_A_B_1_3: 'r.azurecr.io/a_b@sha256:a_b:1_3',
    IMAGE_A_B_1_2: 'r.azurecr.io/a_b@sha256:a_b:1',
  });
});

it('an import is named by the image', () => {
  expect(imageNodeName('statsd:v1')).toBe('image:statsd:v1');
  expect(image.nodes(aLocatedDeployment()).map(({ name }) => name)).toEqual([imageNodeName('statsd:v1')]);
});

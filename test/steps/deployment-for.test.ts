import { expect, it } from 'vitest';
import { cluster } from '../../src/steps/cluster.ts';
import { deploymentFor } from '../../src/steps/deployment-for.ts';
import { image } from '../../src/steps/image.ts';
import { registry } from '../../src/steps/registry.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';

const credentials = {
  registry: 'quay.io',
  usernameSecretId: 'https://corp-kv.vault.azure.net/secrets/user',
  passwordSecretId: 'https://corp-kv.vault.azure.net/secrets/password',
};
const deployment = aLocatedDeployment({ registryCredentials: [credentials] });

it('a branch that imports gets the images and the credentials', () => {
  expect(deploymentFor(deployment, [registry, image])).toStrictEqual(deployment);
});

it('a branch that imports nothing gets neither', () => {
  const { registryCredentials: _, ...small } = deployment;
  expect(deploymentFor(deployment, [registry, cluster])).toStrictEqual({ ...small, images: [] });
});

it('a request without credentials stays so', () => {
  const without = aLocatedDeployment();
  expect(deploymentFor(without, [image])).toStrictEqual(without);
});

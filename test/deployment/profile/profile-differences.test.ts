import { expect, it } from 'vitest';
import { hardening } from '../../../src/deployment/profile/hardening.ts';
import { isHardened, profileDifferences } from '../../../src/deployment/profile/profile-differences.ts';
import { aDeployment, SUBSCRIPTION } from '../../support/a-deployment.ts';

const stepsOf = (body: object): string[] => [
  ...new Set(profileDifferences(aDeployment({ profile: 'hardened', ...body }))?.map(({ step }) => step)),
];

const ALL = [...new Set(hardening.map(({ step }): string => step))];

const idOf = (type: string) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/shared/providers/${type}`;

it.each([
  ['hardened', true],
  ['tutorial', false],
  [undefined, false],
])('the profile %s is hardened: %s', (profile, hardened) => {
  const deployment = aDeployment({ profile });
  expect(isHardened(deployment)).toBe(hardened);
  expect(profileDifferences(deployment) !== undefined).toBe(hardened);
});

it.each([
  ['tutorial', false],
  ['airtight', true],
])('the stored profile %s is hardened: %s', (profile, hardened) => {
  expect(isHardened({ profile })).toBe(hardened);
});

it.each<[string, object, string[]]>([
  ['all', {}, []],
  [
    'none of a vault that others keep',
    { existing: { keyVaultId: idOf('Microsoft.KeyVault/vaults/abc') } },
    ['key-vault'],
  ],
  [
    'none of a registry that others keep',
    { existing: { registryId: idOf('Microsoft.ContainerRegistry/registries/abcde') } },
    ['registry'],
  ],
  ['none of images without any', { images: [] }, ['images']],
])('what is made otherwise: %s', (_, body, left) => {
  expect(stepsOf(body)).toEqual(ALL.filter((step) => !left.includes(step)));
});

it.each([
  [{}, '0.0.0.0/32: the cluster alone'],
  [{ authorizedIpRanges: ['203.0.113.7', '10.0.0.0/8'] }, '10.0.0.0/8, 203.0.113.7/32'],
])('who is let in to the API server of %j: %s', (cluster, hardened) => {
  const differences = profileDifferences(aDeployment({ profile: 'hardened', cluster })) ?? [];
  const property = 'apiServerAccessProfile.authorizedIPRanges';
  expect(differences.find((each) => each.property === property)).toMatchObject({ step: 'cluster', hardened });
  expect(differences.filter((each) => each.hardened === hardened)).toHaveLength(1);
});

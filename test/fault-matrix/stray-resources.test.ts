import { expect, it } from 'vitest';
import { strayResources } from '../../bench/fault-matrix/stray-resources.ts';

const GROUP = '/subscriptions/s/resourceGroups/g';
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/r`;
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/c`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/v`;

const step = (resourceId: string) => ({
  name: 'x',
  waitsFor: [],
  state: 'Succeeded' as const,
  attempts: 1,
  polls: 0,
  resourceId,
});

it('children and what Azure made for a listed resource count as listed; the group lists only itself', () => {
  const state = {
    resources: [
      { id: GROUP.toLowerCase() },
      { id: REGISTRY },
      { id: `${REGISTRY}/importedImages/a:1` },
      { id: CLUSTER },
      { id: '/subscriptions/s/resourceGroups/MC_g', managedBy: CLUSTER },
      { id: VAULT },
    ],
    roleAssignments: [
      { scope: '/subscriptions/s', name: 'owner' },
      { scope: REGISTRY, name: 'acr-pull' },
    ],
  };
  expect(strayResources(state, [{ steps: [step(GROUP), step(REGISTRY)] }, { steps: [step(CLUSTER)] }])).toEqual([
    VAULT,
    `${REGISTRY}/providers/Microsoft.Authorization/roleAssignments/acr-pull`,
  ]);
});

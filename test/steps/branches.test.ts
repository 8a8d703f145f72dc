import { expect, it } from 'vitest';
import { branchOrchestratorName } from '../../src/deployment/names/instance-ids.ts';
import { branchInstanceIds } from '../../src/steps/branch-instance-ids.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';

it('a run has an instance for each of its branches', () => {
  const deployment = aLocatedDeployment({ profile: 'hardened' });
  expect(branchInstanceIds({ run: 'r1', deployment })).toEqual([
    's:rg:r1:cluster',
    's:rg:r1:registry',
    's:rg:r1:storage',
    's:rg:r1:key-vault',
    's:rg:r1:identity',
  ]);
});

it('a run that began with other steps keeps its branches', () => {
  const steps = ['resource-group', 'storage', 'container'];
  expect(branchInstanceIds({ run: 'r1', deployment: aLocatedDeployment(), steps })).toEqual(['s:rg:r1:storage']);
});

it.each([
  ['cluster', 'clusterBranch'],
  ['key-vault', 'keyVaultBranch'],
  ['a-b-c', 'aBCBranch'],
])('the branch %s runs as %s', (branch, orchestrator) => {
  expect(branchOrchestratorName(branch)).toBe(orchestrator);
});

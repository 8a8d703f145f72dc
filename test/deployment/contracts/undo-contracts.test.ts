import { describe, expect, it } from 'vitest';
import { deleteResource, findOwned, purgeVault, stop } from '../../../src/deployment/contracts/undo-contracts.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const subscriptionId = 's';
const owned = { name: 'registry', resourceId: '/x', apiVersion: '2025-11-01', usualSeconds: 10 };
const { name: _, ...resource } = owned;

// Names and fields stand in durable histories: another one would lose what is running.
describe.each([
  ['stop', stop, 3_600, { subscriptionId, deploymentId: 'a' }, { run: 'r1' }, {}, { superseded: true }],
  [
    'findOwned',
    findOwned,
    1_200,
    { subscriptionId, deployment: aDeployment() },
    { earlier: [aDeployment()], purge: true },
    { owned: [owned, { ...owned, unlocked: true, owner: 'a' }] },
    { inside: ['/x'], kept: [{ id: '/y', reason: 'foreign' }], vaults: [{ keyVaultName: 'kv', location: 'eastus' }] },
  ],
  ['deleteResource', deleteResource, 5_400, { subscriptionId, ...resource }, { unlocked: true }, {}, {}],
  ['purgeVault', purgeVault, 1_800, { subscriptionId, location: 'eastus', keyVaultName: 'kv' }, {}, {}, {}],
] as const)('the activity %s', (activity, contract, deadlineSeconds, input, optional, value, more) => {
  it(`has its name and fails after ${deadlineSeconds / 60} minutes`, () => {
    expect(contract).toMatchObject({ activity, deadlineSeconds });
  });

  it('keeps what it gets', () => {
    expect(contract.input.parse(input)).toMatchObject(input);
    expect(contract.input.parse({ ...input, ...optional })).toEqual({ ...input, ...optional });
  });

  it.each(Object.keys(input))('gets the %s', (field) => {
    expect(contract.input.safeParse({ ...input, [field]: undefined }).success).toBe(false);
  });

  it('keeps what it reports', () => {
    expect(contract.value.parse({ ...value, ...more })).toEqual({ ...value, ...more });
    const done = { kind: 'done', value: { ...value, ...more }, change: 'deleted' };
    expect(contract.report.parse(done)).toEqual(done);
  });

  it.each(Object.keys(value))('reports the %s', (field) => {
    expect(contract.value.safeParse({ ...value, [field]: undefined }).success).toBe(false);
  });
});

it('a resource is deleted by its id: the name is for people', () => {
  expect(deleteResource.input.parse({ subscriptionId, ...owned })).toEqual({ subscriptionId, ...resource });
});

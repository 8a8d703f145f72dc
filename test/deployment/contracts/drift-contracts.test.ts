import { expect, it } from 'vitest';
import { checkDrift, driftCheckSchema, findDeployed } from '../../../src/deployment/contracts/drift-contracts.ts';

// Names and fields stand in durable histories: another one would lose what is running.
it('the activities of the check for drift have the names that histories hold', () => {
  expect([findDeployed.activity, checkDrift.activity]).toEqual(['findDeployed', 'checkDrift']);
});

it.each([
  ['what asks for all deployments', findDeployed.input, {}],
  ['the ids of all deployments', findDeployed.report, { ids: ['a', 'b'] }],
  ['which deployment is checked', checkDrift.input, { deploymentId: 'a' }],
  ['which are still to be checked', driftCheckSchema, { ids: ['a'] }],
  ['that all are to be checked', driftCheckSchema, {}],
])('a history keeps %s', (_, schema, told) => {
  expect(schema.parse(told)).toEqual(told);
});

it.each([
  [findDeployed.report, {}],
  [findDeployed.report, { ids: [7] }],
  [checkDrift.input, {}],
  [driftCheckSchema, { ids: 'all' }],
])('%#: what cannot be read is refused', (schema, told) => {
  expect(schema.safeParse(told).success).toBe(false);
});

import { expect, it } from 'vitest';
import { checkDrift, driftCheckSchema, findDeployed } from '../../../src/deployment/contracts/drift-contracts.ts';
import { checkExpiry } from '../../../src/deployment/contracts/expiry-contract.ts';

// Names and fields stand in durable histories: another one would lose what is running.
it.each([
  ['checkExpiry', checkExpiry.activity, checkExpiry.input, { deploymentId: 'a', run: 'r1', due: true }],
  ...['waiting', 'undoing', 'undone', 'over'].map(
    (state) => ['checkExpiry', checkExpiry.activity, checkExpiry.report, { state }] as const,
  ),
  ['findDeployed', findDeployed.activity, findDeployed.input, {}],
  ['findDeployed', findDeployed.activity, findDeployed.report, { ids: ['a'] }],
  ['checkDrift', checkDrift.activity, checkDrift.input, { deploymentId: 'a' }],
  ['driftCheck', 'driftCheck', driftCheckSchema, { ids: ['a'] }],
  ['driftCheck', 'driftCheck', driftCheckSchema, {}],
] as const)('%s is known as %s and keeps what it is told', (name, activity, schema, told) => {
  expect(activity).toBe(name);
  expect(schema.parse(told)).toEqual(told);
});

it('an answer that nobody knows is refused', () => {
  expect(checkExpiry.report.safeParse({ state: 'lost' }).success).toBe(false);
});

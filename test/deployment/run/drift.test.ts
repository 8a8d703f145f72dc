import { expect, it } from 'vitest';
import { type DriftStep, driftFingerprint, driftStepOf } from '../../../src/deployment/run/drift.ts';

const step = (changes: DriftStep['changes'], note?: string): DriftStep => ({
  name: 'cluster',
  action: 'update',
  resourceId: '/x',
  changes,
  ...(note !== undefined && { note }),
});

it('a report stays small, whatever a look finds', () => {
  const changes = Array.from({ length: 500 }, (_, index) => ({
    property: `tags.${index}`,
    from: 'a'.repeat(5000),
    to: 'b',
  }));
  expect(JSON.stringify(driftStepOf(step(changes, 'n'.repeat(5000)))).length).toBeLessThan(4000);
});

it('the same drift has the same fingerprint, another one another', () => {
  const one = step([{ property: 'nodeCount', from: '5', to: '3' }]);
  const two = step([{ property: 'nodeCount', from: '6', to: '3' }]);
  expect(driftFingerprint([one])).toBe(driftFingerprint([{ ...one, note: 'seen later' }]));
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([two]));
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([one, two]));
});

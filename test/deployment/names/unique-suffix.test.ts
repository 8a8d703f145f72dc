import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uniqueSuffix } from '../../../src/deployment/names/unique-suffix.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

// Every release must find what earlier ones made: these values never change.
it('a release names what earlier releases named', () => {
  expect(uniqueSuffix(SUBSCRIPTION, 'apache-airflow-rg')).toBe('dkmlfad');
});

it('is seven letters, whatever the case of the group', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.stringMatching(/^[a-zA-Z0-9-]{1,60}$/), (subscription, group) => {
      const suffix = uniqueSuffix(subscription, group);
      expect(suffix).toMatch(/^[a-z]{7}$/);
      expect(uniqueSuffix(subscription.toUpperCase(), group.toUpperCase())).toBe(suffix);
    }),
    { numRuns: 50 },
  );
});

import { expect, it } from 'vitest';
import { finding, findingSchema } from '../../../src/deployment/plan/finding.ts';

it('a finding says how grave it is, what to do and where to read about it', () => {
  expect(finding('registry-name-taken', 'Taken.', 'registry')).toStrictEqual({
    rule: 'registry-name-taken',
    severity: 'error',
    message: 'Taken.',
    remedy: 'Choose another `registryName`: it must be unique in all of Azure.',
    step: 'registry',
    field: 'registryName',
    help: 'docs/preflight.md#registry-name-taken',
  });
});

it('a finding may concern no step, and be graver than its rule', () => {
  const found = finding('vcpu-surge', 'Few.');
  expect(found.severity).toBe('warning');
  expect(found).not.toHaveProperty('step');
  expect(finding('vcpu-surge', 'Few.', undefined, 'error')).toStrictEqual({ ...found, severity: 'error' });
});

it.each([finding('vcpu-quota', 'None.'), finding('not-checked', 'Hidden.', 'cluster')])('%j is kept whole', (found) => {
  expect(findingSchema.parse(found)).toEqual(found);
  expect(findingSchema.safeParse({ ...found, severity: 'hint' }).success).toBe(false);
});

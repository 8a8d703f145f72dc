import { expect, it } from 'vitest';
import { preflightRules } from '../../../src/deployment/plan/preflight-rules.ts';

// The texts themselves are compared with docs/preflight.md by test/docs/preflight.test.ts.
it.each(Object.entries(preflightRules))('%s says what to do, in sentences', (_, { remedy }) => {
  expect(remedy).toMatch(/^[A-Z].{20,}(\.|…|<registry>)$/);
});

it.each([
  'vault-soft-deleted',
  'existing-not-hardened',
  'vcpu-surge',
  'provider-not-registered',
  'source-image-moved',
  'not-checked',
] as const)('%s does not stop a deployment', (rule) => {
  expect(preflightRules[rule].severity).toBe('warning');
});

it('all other rules do', () => {
  const severities = Object.values(preflightRules).map(({ severity }) => severity);
  expect(severities.filter((severity) => severity !== 'error')).toHaveLength(6);
});

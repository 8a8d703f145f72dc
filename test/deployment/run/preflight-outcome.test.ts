import { describe, expect, it } from 'vitest';
import { finding } from '../../../src/deployment/plan/finding.ts';
import { preflightError, preflightWarnings } from '../../../src/deployment/run/preflight-outcome.ts';

describe('what the findings make of a deployment', () => {
  it('no error without an error among them', () => {
    expect(preflightError([finding('vcpu-surge', 'x'), finding('not-checked', 'y')])).toBeUndefined();
  });

  it('an error that names them all, each remedy once, within a kilobyte', () => {
    const error = preflightError([
      finding('registry-name-taken', 'Taken.'),
      finding('missing-permission', 'Not allowed.'),
      finding('missing-permission', 'Nor this.'),
      finding('vcpu-surge', 'A warning.'),
    ]);
    expect(error).toMatchObject({ step: 'preflight', code: 'PreflightFailed', class: 'permanent' });
    expect(error?.message).toContain(
      '(findings: 3). registry-name-taken: Taken. missing-permission: Not allowed. missing-permission: Nor this.',
    );
    const { remedy: choose } = finding('registry-name-taken', '');
    const { remedy: allow } = finding('missing-permission', '');
    expect(error?.remedy).toBe(`${choose} ${allow}`);
    expect(error?.message).toMatch(/^Nothing was changed/);
    expect(error?.message).not.toContain('A warning.');
    const many = preflightError(Array.from({ length: 40 }, () => finding('policy-refuses', 'm'.repeat(100))));
    expect(many?.message).toHaveLength(1024);
  });

  it('warnings with their remedies, and one line for all that could not be checked', () => {
    const warnings = preflightWarnings([
      finding('vcpu-quota', 'An error.'),
      finding('not-checked', 'Not this.'),
      finding('vault-soft-deleted', 'Deleted.'),
      finding('not-checked', 'Nor that.'),
    ]);
    const long = (length: number) => finding('not-checked', 'm'.repeat(length));
    expect(preflightWarnings([long(1024)])).toEqual(['m'.repeat(1024)]);
    expect(preflightWarnings([long(1025)])).toEqual([`${'m'.repeat(1023)}…`]);
    expect(preflightWarnings([])).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^Deleted\. If the old secrets/), 'Not this. Nor that.']);
  });
});

import { describe, expect, it } from 'vitest';
import { preflight } from '../../../src/deployment/contracts/preflight-contract.ts';
import { finding } from '../../../src/deployment/plan/finding.ts';
import { aDeployment, SUBSCRIPTION } from '../../support/a-deployment.ts';

const asked = { subscriptionId: SUBSCRIPTION, deployment: aDeployment(), skip: false };

describe('the preflight', () => {
  it('has the name that histories hold, and waits a week for its turn', () => {
    expect(preflight.activity).toBe('preflight');
    expect(preflight.deadlineSeconds).toBe(604_800);
  });

  it.each([asked, { ...asked, skip: true, outOfTurn: true, turnSince: '2026-01-01T00:00:00Z' }])(
    '%#: keeps what it gets',
    (told) => {
      expect(preflight.input.parse(told)).toEqual(told);
    },
  );

  it.each(Object.keys(asked))('gets the %s', (field) => {
    expect(preflight.input.safeParse({ ...asked, [field]: undefined }).success).toBe(false);
  });

  it('checks a deployment that another release stored, whatever the rules of today', () => {
    const deployment = { ...aDeployment(), location: 'the moon', profile: 'airtight' };
    expect(preflight.input.parse({ ...asked, deployment })).toMatchObject({ deployment });
  });

  it('reports the tenant and what it found', () => {
    const value = { tenantId: 't', findings: [finding('vcpu-surge', 'Few.')] };
    expect(preflight.value.parse(value)).toEqual(value);
    const done = { kind: 'done', value, change: 'unchanged' };
    expect(preflight.report.parse(done)).toEqual(done);
    expect(preflight.report.safeParse({ ...done, value: { tenantId: 't' } }).success).toBe(false);
    expect(preflight.value.safeParse({ findings: [] }).success).toBe(false);
  });
});

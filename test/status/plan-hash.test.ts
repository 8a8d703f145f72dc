import { describe, expect, it } from 'vitest';
import { finding, notChecked } from '../../src/deployment/plan/finding.ts';
import { deploymentRequestSchema } from '../../src/deployment/request/deployment-request.ts';
import { resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';
import { movedParts, planHash } from '../../src/status/plan-hash.ts';

const deploymentOf = (body: object) => {
  const resolved = resolveDeployment(deploymentRequestSchema.parse(body), '11111111-2222-4333-8444-555555555555');
  if (!resolved.ok) throw new Error('The request breaks a rule.');
  return resolved.deployment;
};

const steps = [
  { name: 'cluster', action: 'unchanged' as const, changes: [] },
  { name: 'image:airflow:1', action: 'create' as const, changes: [] },
];

const plan = { steps, findings: [] };

describe('the hash of a plan', () => {
  it('is the same for the same, however it was written', () => {
    const one = planHash(deploymentOf({ tags: { a: '1', b: '2' } }), plan);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash(deploymentOf({ tags: { b: '2', a: '1' } }), plan)).toBe(one);
  });

  it('says which parts changed', () => {
    const deployment = deploymentOf({});
    const hash = planHash(deployment, plan);
    const moved = (other: string) => movedParts(hash, other);
    expect(moved(hash)).toEqual([]);
    expect(moved(planHash(deploymentOf({ tags: { a: '1' } }), plan))).toEqual(['request']);
    expect(moved(planHash(deployment, { steps, findings: [finding('vcpu-surge', 'x')] }))).toEqual(['findings']);
    const [cluster, image] = steps;
    if (!cluster || !image) throw new Error('There are two steps.');
    const grown = { ...cluster, action: 'update' as const, changes: [{ property: 'n', from: '1', to: '2' }] };
    expect(moved(planHash(deployment, { steps: [grown, image], findings: [] }))).toEqual(['cluster']);
    const there = { ...image, action: 'unchanged' as const };
    expect(moved(planHash(deployment, { steps: [cluster, there], findings: [] }))).toEqual(['image']);
  });

  it('is another one for what could not be read, and for another question that could not be answered', () => {
    const deployment = deploymentOf({});
    const [cluster, image] = steps;
    if (!cluster || !image) throw new Error('There are two steps.');
    const unread = { ...cluster, action: 'unknown' as const };
    const hash = planHash(deployment, plan);
    expect(movedParts(hash, planHash(deployment, { steps: [unread, image], findings: [] }))).toEqual(['cluster']);
    const of = (question: string, reason: string) =>
      planHash(deployment, { steps, findings: [notChecked(question, reason)] });
    expect(of('the quota suffices', 'a')).toBe(of('the quota suffices', 'b'));
    expect(of('the quota suffices', 'a')).not.toBe(of('the name is free', 'a'));
  });

  it('does not depend on what a finding says besides', () => {
    const deployment = deploymentOf({});
    const of = (message: string) => planHash(deployment, { steps, findings: [finding('vcpu-quota', message)] });
    expect(of('10 are left')).toBe(of('9 are left'));
  });
});

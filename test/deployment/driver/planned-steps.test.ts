import { describe, expect, it } from 'vitest';
import { plannedSteps } from '../../../src/deployment/driver/planned-steps.ts';
import { deploymentRequestSchema } from '../../../src/deployment/request/deployment-request.ts';
import { resolveDeployment } from '../../../src/deployment/request/resolve-deployment.ts';
import { anSshPublicKey } from '../../support/an-ssh-public-key.ts';

const stepsFor = (body: object) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), '11111111-2222-4333-8444-555555555555');
  if (!resolution.ok) throw new Error('not resolved');
  return new Map(plannedSteps(resolution.deployment).map(({ name, waitsFor }) => [name, waitsFor]));
};

describe('the steps of a deployment', () => {
  it('are all known before anything runs', () => {
    const names = [...stepsFor({}).keys()];
    expect(names).toHaveLength(19);
    expect(names).toContain('image:airflow:2.9.3');
    expect(names.slice(0, 2)).toEqual(['resource-group', 'identity']);
    expect(names.at(-1)).toBe('connect');
  });

  it.each([{}, { images: [] }, { cluster: { sshPublicKey: anSshPublicKey() } }])(
    'wait only for steps that come before them',
    (body) => {
      const seen = new Set<string>();
      for (const [name, waitsFor] of stepsFor(body)) {
        for (const needed of waitsFor) expect(seen).toContain(needed);
        seen.add(name);
      }
    },
  );

  it("let the cluster wait for the vault only when the SSH key's private half goes there", () => {
    expect(stepsFor({}).get('cluster')).toEqual(['ssh-key']);
    const own = stepsFor({ cluster: { sshPublicKey: anSshPublicKey() } });
    expect(own.get('cluster')).toEqual(['resource-group']);
    expect(own.has('ssh-key')).toBe(false);
  });
});

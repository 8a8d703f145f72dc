import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentRequestSchema } from '../../src/deployment/request/deployment-request.ts';
import { resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';
import { outputsOf, toShellExports } from '../../src/status/outputs.ts';

/** What a shell has in `NAME` after evaluating the lines. */
const evaluate = (lines: string): string =>
  execFileSync('sh', ['-c', `${lines}printf %s "$NAME"`], { encoding: 'utf8' });

describe('outputs as shell lines', () => {
  it.each(['plain', "it's", '$(reboot)', '`x`', 'a"b', 'back\\slash', 'two\nlines', ''])(
    'give a shell exactly the value %j',
    (value) => {
      expect(evaluate(toShellExports({ NAME: value }))).toBe(value);
    },
  );

  it('give a shell any printable value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        fc.pre(!value.includes('\0'));
        expect(evaluate(toShellExports({ NAME: value }))).toBe(value);
      }),
      { numRuns: 25 },
    );
  });
});

it('images that differ in nothing but what a variable cannot have get one each', () => {
  const resolved = resolveDeployment(deploymentRequestSchema.parse({}), '11111111-2222-4333-8444-555555555555');
  if (!resolved.ok) throw new Error('not resolved');
  const digests = { 'a-b:1': 'sha256:1', 'a_b:1': 'sha256:2', 'a.b:1': 'sha256:3', 'c/d:1': 'sha256:4' };
  const outputs = outputsOf(resolved.deployment, {
    tenantId: '',
    identity: { id: '', principalId: '', clientId: '' },
    keyVault: { id: '', uri: '' },
    registry: { id: '', loginServer: 'r.azurecr.io', digests },
    cluster: { oidcIssuerUrl: '', kubeletObjectId: '', nodeCount: 3 },
  });
  expect(outputs).toMatchObject({
    IMAGE_A_B_1: 'r.azurecr.io/a-b@sha256:1',
    IMAGE_A_B_1_2: 'r.azurecr.io/a_b@sha256:2',
    IMAGE_A_B_1_3: 'r.azurecr.io/a.b@sha256:3',
    IMAGE_C_D_1: 'r.azurecr.io/c/d@sha256:4',
  });
});

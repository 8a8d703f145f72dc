import { expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import { deploymentHash, resolveDeployment } from '../../../src/deployment/request/resolve-deployment.ts';

it.each(['airflow-on-aks-deployment', 'Airflow-on-AKS-requested-by'])('nobody gives the tag %s', (name) => {
  expect(parseDeploymentRequest({ tags: { [name]: 'x' } })).toMatchObject({
    ok: false,
    errors: [{ field: `tags.${name}` }],
  });
});

it('who asks is no part of what two requests are compared by', () => {
  const parsed = parseDeploymentRequest({});
  if (!parsed.ok) throw new Error('The tutorial’s values are refused.');
  const resolved = resolveDeployment(parsed.request, '11111111-2222-4333-8444-555555555555');
  if (!resolved.ok) throw new Error('The tutorial’s values are refused.');
  const { deployment } = resolved;
  expect(deploymentHash({ ...deployment, requestedBy: 'somebody' })).toBe(deploymentHash(deployment));
});

import type { CloudRules } from '../../src/deployment/names/cloud-rules.ts';
import { parseDeploymentRequest } from '../../src/deployment/request/parse-request.ts';
import { type Deployment, resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';

/** The subscription of {@link aDeployment}. */
export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

/** What the service makes of the body of a POST; by default the tutorial's deployment. */
export const aDeployment = (body: object = {}, cloud?: CloudRules): Deployment => {
  const parsed = parseDeploymentRequest(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const resolved = resolveDeployment(parsed.request, SUBSCRIPTION, cloud);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.errors));
  return resolved.deployment;
};

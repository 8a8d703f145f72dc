import type { HttpRequest } from '@azure/functions';
import { currentCloud } from '../../azure/settings/cloud.ts';
import type { Settings } from '../../azure/settings/settings.ts';
import { refusedValues } from '../../deployment/request/allowed-values.ts';
import type { DeploymentOptions } from '../../deployment/request/deployment-options.ts';
import { parseDeploymentRequest } from '../../deployment/request/parse-request.ts';
import { type Deployment, resolveDeployment } from '../../deployment/request/resolve-deployment.ts';
import { applyTagPolicy } from '../../deployment/request/tag-policy.ts';
import { checkExpiresAt } from './checks/check-expires-at.ts';
import { checkSettings } from './checks/check-settings.ts';
import { invalidRequest } from './invalid-request.ts';
import { readJsonBody } from './read-json-body.ts';
import { RequestedCallback } from './requested-callback.ts';

/** What the body of a POST asks for, checked, every name decided. The same for a plan and for a POST. @throws ProblemError 400, 413, 422 and 500 */
export const readDeployment = async (
  request: HttpRequest,
): Promise<{
  readonly deployment: Deployment;
  readonly options: DeploymentOptions;
  readonly settings: Settings;
  readonly callback: RequestedCallback | undefined;
}> => {
  const settings = checkSettings();
  const parsed = parseDeploymentRequest(await readJsonBody(request));
  if (!parsed.ok) throw invalidRequest(parsed.errors);
  const cloud = currentCloud();
  const { DEFAULT_TAGS: defaults, REQUIRED_TAGS: required } = settings;
  const lock = parsed.request.lock ?? settings.DEPLOYMENT_LOCK;
  const { tags, errors } = applyTagPolicy(parsed.request.tags, { defaults, required });
  const resolved = resolveDeployment(
    { ...parsed.request, ...(lock && { lock }), tags },
    settings.AZURE_SUBSCRIPTION_ID,
    cloud,
  );
  if (errors.length > 0) throw invalidRequest(resolved.ok ? errors : [...errors, ...resolved.errors]);
  if (!resolved.ok) throw invalidRequest(resolved.errors);
  const allowed = {
    locations: settings.ALLOWED_LOCATIONS,
    vmSizes: settings.ALLOWED_VM_SIZES,
    maxNodeCount: settings.MAX_NODE_COUNT,
    imageRegistries: settings.ALLOWED_IMAGE_REGISTRIES,
  };
  const refused = refusedValues(resolved.deployment, allowed, cloud);
  if (refused.length > 0) throw invalidRequest(refused);
  const callback = RequestedCallback.of(parsed.options);
  checkExpiresAt(parsed.options.expiresAt);
  return { deployment: resolved.deployment, options: parsed.options, settings, callback };
};

import { readTags } from '../../../azure/readings/read-tags.ts';
import type { Caller } from '../../../callers/caller.ts';
import { needsConsent } from '../../../callers/needs-consent.ts';
import { consentRemedy, notConsented, ownershipOf } from '../../../deployment/names/consent.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import { cluster } from '../../../steps/cluster.ts';
import { ProblemError } from '../problem.ts';

/**
 * Keeps a caller from the kubeconfig of a cluster that somebody else made, by the cluster's tags and the caller's roles of this moment. Not every cluster that a deployment succeeded with is its own:
 * it may have found one of its name that fits.
 *
 * @throws ProblemError 403; and what the SDKs throw, when Azure does not let it read. A cluster that is gone is not refused here.
 */
export const requireClusterConsent = async (caller: Caller | undefined, deployment: Deployment): Promise<void> => {
  if (!needsConsent(caller)) return;
  const resourceId = cluster.resourceId(deployment);
  const tags = await readTags(resourceId);
  if (!tags || ownershipOf(tags, deployment.id, false) !== 'foreign') return;
  const detail = `${notConsented(resourceId, deployment.id)} ${consentRemedy(resourceId, deployment.id)}`;
  throw new ProblemError(403, 'not-consented', 'The owner of the cluster has not consented', detail);
};

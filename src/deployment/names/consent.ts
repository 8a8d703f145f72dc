import { z } from 'zod';
import { isOwnedBy } from './owner-tag.ts';
import { type TagsOfResource, tagValue } from './tag-value.ts';

/** The tag by which the owner of a resource lets a deployment use it: the deployment's id, or {@link EVERY_DEPLOYMENT}. */
export const CONSENT_TAG = 'airflow-on-aks-allow';

/** The value that lets every deployment of the service in. */
const EVERY_DEPLOYMENT = '*';

/** Created by the deployment; somebody else's, who lets the deployment use it; somebody else's, who does not. */
export type Ownership = 'owned' | 'consented' | 'foreign';

/**
 * The one decision about what a deployment may do with a resource. What is foreign is read for comparison: it is not changed, no secret of it is read and no access to it is given.
 *
 * @param mayUseAll - whether the caller needs nobody's consent: with function keys, or with the role Deployments.All.
 */
export const ownershipOf = (tags: TagsOfResource | undefined, deploymentId: string, mayUseAll: boolean): Ownership => {
  if (isOwnedBy(deploymentId, tags)) return 'owned';
  const allowed = tagValue(tags, CONSENT_TAG);
  return mayUseAll || allowed === deploymentId || allowed === EVERY_DEPLOYMENT ? 'consented' : 'foreign';
};

/** What a step of a deployment that needs consent has to check. It travels in the step's input. */
export const consentSchema = z.object({
  deploymentId: z.string(),
  /** The resources that the step acts on beside the one that it makes; each is asked for its tags. */
  resourceIds: z.array(z.string()),
  /** Whether the step reads a secret of them though it changes nothing. */
  opens: z.boolean().optional(),
});

export type Consent = z.infer<typeof consentSchema>;

/** What every step's input may hold beside the step's own fields. */
export interface Consenting {
  /** Absent where nobody's consent is needed. */
  readonly consent?: Consent | undefined;
}

/** What is wrong with a foreign resource, as a sentence. */
export const notConsented = (resourceId: string, deploymentId: string): string =>
  `${resourceId} was not created by the deployment "${deploymentId}", and its owner has not consented to its use.`;

/** What its owner types to consent. */
export const consentRemedy = (resourceId: string, deploymentId: string): string =>
  `Have its owner consent: az tag update --resource-id ${quoted(resourceId)} --operation merge --tags ${CONSENT_TAG}=${deploymentId} (* for every deployment). Or choose another name, or send the request as a caller who also holds Deployments.All.`;

/** The same for a vault that was deleted: nobody can tag it before it is recovered. */
export const deletedConsentRemedy = (resourceId: string, deploymentId: string): string =>
  `Have its owner recover it first: az keyvault recover --name ${resourceId.split('/').at(-1)}. ${consentRemedy(resourceId, deploymentId)}`;

/** Names of resource groups may hold parentheses, which a shell reads. */
const quoted = (id: string): string => (/^[\w/.-]+$/.test(id) ? id : `"${id}"`);

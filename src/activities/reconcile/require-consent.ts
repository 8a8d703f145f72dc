import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import { readTags } from '../../azure/readings/read-tags.ts';
import { type Consent, consentRemedy, notConsented, ownershipOf } from '../../deployment/names/consent.ts';
import type { TagsOfResource } from '../../deployment/names/tag-value.ts';

/**
 * Refuses a change of a resource that is neither the deployment's own nor given to it.
 *
 * @param consent - undefined where nobody's consent is needed.
 * @param remedyFor - what its owner does, where setting the tag is not enough.
 * @throws AzureOperationError `NotConsented`, with the resource and the command that its owner types.
 */
export const requireConsent = (
  consent: Consent | undefined,
  resourceId: string,
  tags: TagsOfResource | undefined,
  remedyFor: typeof consentRemedy = consentRemedy,
): void => {
  if (!consent) return;
  const { deploymentId } = consent;
  if (ownershipOf(tags, deploymentId, false) !== 'foreign') return;
  throw new AzureOperationError({
    code: 'NotConsented',
    message: notConsented(resourceId, deploymentId),
    remedy: remedyFor(resourceId, deploymentId),
  });
};

/** The same for all that a step acts on beside its own resource, by the tags of this moment. What does not exist has no owner. */
export const requireConsents = async (consent: Consent | undefined): Promise<void> => {
  if (!consent) return;
  const tags = await Promise.all(consent.resourceIds.map(readTags));
  for (const [index, resourceId] of consent.resourceIds.entries()) {
    if (tags[index]) requireConsent(consent, resourceId, tags[index]);
  }
};

import { z } from 'zod';
import { shellWord } from '../deployment/az/az-words.ts';
import { OWNER_TAG } from '../deployment/names/owner-tag.ts';
import type { DeploymentError } from '../deployment/run/deployment-run.ts';
import { type Kept, keptReasons, unclaimed } from '../deployment/run/kept.ts';

/** Something that an undo left, as answers show it. */
export const keptResponseSchema = z.object({
  id: z.string().meta({ description: 'The resource id.' }),
  reason: z.string().meta({ description: 'Why it was kept.' }),
  claim: z.string().optional().meta({ description: "The az command that tags it as the deployment's own." }),
});

export type KeptResponse = z.infer<typeof keptResponseSchema>;

const reasons = new Map<string, string>(Object.entries(keptReasons));

export const keptResponse = (deploymentId: string, { id, reason }: Kept): KeptResponse => ({
  id,
  reason: reasons.get(reason) ?? reason,
  ...(reason === 'untagged' && { claim: claimOf(deploymentId, id) }),
});

/**
 * What a person types to say that a resource is the deployment's own; its other tags stay.
 * Source: https://learn.microsoft.com/cli/azure/tag#az-tag-update
 */
const claimOf = (deploymentId: string, id: string): string =>
  `az tag update --resource-id ${shellWord(id)} --operation merge --tags ${OWNER_TAG}=${deploymentId}`;

/** The code of an undo that kept what the deployment made. */
export const OWNER_TAG_MISSING = 'OwnerTagMissing';

const CLAIM_REMEDY =
  "Tag what is the deployment's own with the lines below, and delete the rest yourself. Then send the same DELETE again.";

/** How an undo ends that kept what the deployment made: with the ids, and the lines that claim them. Undefined when it kept none of that. */
export const ownerTagMissing = (deploymentId: string, kept: readonly Kept[]): DeploymentError | undefined => {
  const left = unclaimed(kept);
  if (left.length === 0) return undefined;
  const ids = left.map(({ id }) => id).join(', ');
  return {
    step: 'find',
    code: OWNER_TAG_MISSING,
    class: 'permanent',
    message: `The deployment made these resources, but they do not carry its tag ${OWNER_TAG}=${deploymentId}. They were kept, with what they need: ${ids}.`,
    remedy: remedyFor(deploymentId, left),
  };
};

const remedyFor = (deploymentId: string, left: readonly Kept[]): string =>
  [CLAIM_REMEDY, ...left.map(({ id }) => claimOf(deploymentId, id))].join('\n');

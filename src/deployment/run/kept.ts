import { z } from 'zod';

/** Why an undo left something; the names are stored. */
export const keptReasons = {
  untagged: 'The deployment made it, but it does not carry the tag of the deployment.',
  needed: 'The cluster that is kept needs it.',
  locked: "The deployment's lock on the resource group also protects what is kept.",
  holds: 'It holds what is kept.',
  foreign: 'The deployment did not make it.',
  other: 'Another deployment made it.',
  existing: 'The request names it in `existing`.',
  unknownType: 'It carries the tag of the deployment, but the service never makes a resource of this type.',
  deletedVault: 'The deleted vault does not carry the tag of the deployment, so it was not purged.',
} as const;

export type KeptReason = keyof typeof keptReasons;

/** Something that an undo left. The reason is a {@link KeptReason}, unless another release knows more. */
export const keptSchema = z.object({ id: z.string(), reason: z.string() });

export type Kept = z.infer<typeof keptSchema>;

/** Those that the deployment made: they keep the undo from succeeding. */
export const unclaimed = (kept: readonly Kept[]): readonly Kept[] => kept.filter(({ reason }) => reason === 'untagged');

import { z } from 'zod';

/** Something that a deployment created, with what it takes to delete it. */
export const ownedResourceSchema = z.object({
  name: z.string(),
  resourceId: z.string(),
  apiVersion: z.string(),
  usualSeconds: z.number(),
  /** The deployment whose tag it has to carry when it is deleted; absent for what carries no tags. */
  owner: z.string().optional(),
  /** A lock on it is removed before: Azure may hold to that for a while. */
  unlocked: z.boolean().optional(),
});

export type OwnedResource = z.infer<typeof ownedResourceSchema>;

import { z } from 'zod';

/** Where something is: what every step's input begins with. */
export const groupFields = { subscriptionId: z.string(), resourceGroupName: z.string() };

/** The input of a step that creates a resource: where, with which tags, and for which caller. */
export const placeFields = {
  ...groupFields,
  location: z.string(),
  tags: z.array(z.tuple([z.string(), z.string()])),
  deploymentId: z.string(),
  /** The object id of the caller who asked for the run that creates it. */
  requestedBy: z.string().optional(),
};

/** Set for the profile `hardened`; absent for the tutorial. */
export const hardenedField = z.boolean().optional();

/** Set for a resource of somebody else: it is used as it is. */
export const keptByOthersField = z.boolean().optional();

/** Where the vault is, when it is not in the deployment's own group. */
export const vaultGroupField = z.object(groupFields).optional();

/** The value of a step that gives nothing but the id of what it made. */
export const resourceValue = z.object({ id: z.string() });

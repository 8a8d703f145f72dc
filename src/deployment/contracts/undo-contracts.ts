import { z } from 'zod';
import { stepContract } from '../driver/step-contract.ts';
import { keptSchema } from '../run/kept.ts';
import { storedDeploymentSchema } from '../run/stored/stored-deployment.ts';
import { ownedResourceSchema } from './owned-resource.ts';

/** Asks the run to stop, and waits until it has. */
export const stop = stepContract(
  'stop',
  z.object({
    subscriptionId: z.string(),
    deploymentId: z.string(),
    /** The only run that may be undone; absent when somebody asked for the deletion. */
    run: z.string().optional(),
    /** The run that the deletion was asked for; absent in undos of earlier releases. */
    seen: z.string().optional(),
  }),
  z.object({
    /** Another run has begun: nothing is undone. */
    superseded: z.boolean().optional(),
    /** The run that began just before the undo, which is undone in place of the one that was seen. */
    later: z.object({ run: z.string(), deployment: storedDeploymentSchema }).optional(),
  }),
  60,
);

/** Finds what the deployment created. */
export const findOwned = stepContract(
  'findOwned',
  z.object({
    subscriptionId: z.string(),
    deployment: storedDeploymentSchema,
    /** Deployments of earlier runs, with other names. */
    earlier: z.array(storedDeploymentSchema).default([]),
    purge: z.boolean().default(false),
  }),
  z.object({
    owned: z.array(ownedResourceSchema),
    /** The ids of what goes with the group. */
    inside: z.array(z.string()).default([]),
    kept: z.array(keptSchema).default([]),
    /** What a purge is about. */
    vaults: z.array(z.object({ keyVaultName: z.string(), location: z.string() })).default([]),
  }),
  20,
);

export const deleteResource = stepContract(
  'deleteResource',
  ownedResourceSchema.omit({ name: true }).extend({ subscriptionId: z.string() }),
  z.object({}),
  90,
);

export const purgeVault = stepContract(
  'purgeVault',
  z.object({
    subscriptionId: z.string(),
    location: z.string(),
    keyVaultName: z.string(),
    /** The deployment whose tag it has to carry. */
    owner: z.string().optional(),
  }),
  z.object({}),
  30,
);

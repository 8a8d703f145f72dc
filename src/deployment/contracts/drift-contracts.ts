import { z } from 'zod';

/** What the check for drift and its activities pass to each other. */

export const findDeployed = {
  activity: 'findDeployed',
  input: z.object({}),
  report: z.object({ ids: z.array(z.string()) }),
};

export const checkDrift = {
  activity: 'checkDrift',
  input: z.object({ deploymentId: z.string() }),
};

/** The input of the orchestration that checks all deployments: those that are still to be checked; all when absent. */
export const driftCheckSchema = z.object({ ids: z.array(z.string()).optional() });

import { z } from 'zod';
import { stepContract } from '../driver/step-contract.ts';
import { findingSchema } from '../plan/finding.ts';
import { storedDeploymentSchema } from '../run/stored/stored-deployment.ts';

/** Waits for the run's turn, then checks what is cheaper to know before the first change. */
export const preflight = stepContract(
  'preflight',
  z.object({
    subscriptionId: z.string(),
    deployment: storedDeploymentSchema,
    /** Only waits for the deployment's turn and reads the tenant. */
    skip: z.boolean(),
    /** Set before an approval: nothing is begun yet, so that nobody has to end first. */
    outOfTurn: z.boolean().optional(),
    /** Since when the run waits for its turn, ISO 8601; since its start when absent. */
    turnSince: z.string().optional(),
  }),
  z.object({ tenantId: z.string(), findings: z.array(findingSchema) }),
  7 * 24 * 60,
);

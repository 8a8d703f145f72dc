import { z } from 'zod';

/** What the orchestration that waits for a run's expiry and its one activity pass to each other. */
export const checkExpiry = {
  activity: 'checkExpiry',
  input: z.object({
    deploymentId: z.string(),
    run: z.string(),
    /** Whether the time has come: then the activity undoes the deployment. */
    due: z.boolean(),
  }),
  report: z.object({
    /** `over`: the run is not the deployment's last any more, or is undone: there is nothing to wait for. */
    state: z.enum(['waiting', 'undoing', 'undone', 'over']),
  }),
};

export type ExpiryReport = z.infer<typeof checkExpiry.report>;

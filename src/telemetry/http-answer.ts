import { z } from 'zod';

/** What telemetry reads of an HTTP function's result: its status, and which deployment it speaks of. */
export const httpAnswerSchema = z.object({
  status: z.number(),
  jsonBody: z.object({ id: z.string().optional(), run: z.string().optional() }).optional().catch(undefined),
});

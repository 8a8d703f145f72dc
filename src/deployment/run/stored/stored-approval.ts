import { z } from 'zod';
import type { Approval } from '../approval.ts';

/** How far the approval of a run is, as any release stored it. A state that is not known neither waits for a decision nor is one. */
export const storedApprovalSchema: z.ZodType<Approval> = z.looseObject({
  state: z.string(),
  requestedAt: z.string().default(''),
  expiresAt: z.string().default(''),
  decidedAt: z.string().optional(),
  by: z.string().optional(),
  byId: z.string().optional(),
  byVerified: z.boolean().optional(),
  reason: z.string().optional(),
});

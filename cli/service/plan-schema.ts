import * as z from 'zod';
import { findingSchema } from './finding-schema.ts';

/** The answer to `POST /api/plans`, as far as it is read here; the rest is kept. */
export const planSchema = z.looseObject({
  id: z.string(),
  hash: z.string(),
  names: z.looseObject({ resourceGroupName: z.string(), location: z.string() }),
  summary: z.looseObject({
    create: z.number(),
    update: z.number(),
    unchanged: z.number(),
    unknown: z.number().optional(),
  }),
  steps: z.array(
    z.looseObject({
      name: z.string(),
      action: z.string(),
      resourceId: z.string().optional(),
      changes: z
        .array(z.looseObject({ property: z.string(), from: z.string().nullish(), to: z.string().nullish() }))
        .default([]),
      note: z.string().optional(),
    }),
  ),
  criticalPath: z.looseObject({ steps: z.array(z.string()), usualSeconds: z.number() }).optional(),
  findings: z.array(findingSchema).default([]),
  profileDifferences: z
    .array(z.looseObject({ step: z.string(), property: z.string(), tutorial: z.string(), hardened: z.string() }))
    .optional(),
  commands: z.array(z.string()).optional(),
});

/** What a deployment would do. */
export type Plan = z.output<typeof planSchema>;

/** Whether a deployment would change something, as far as could be read: what could not may have to be changed. */
export const hasChanges = (plan: Plan): boolean => plan.summary.create + plan.summary.update + unread(plan) > 0;

/** How many steps could not be read; services of earlier versions have none. */
export const unread = ({ summary }: Plan): number => summary.unknown ?? 0;

/** Whether a deployment would be refused. */
export const isBlocked = ({ findings }: Plan): boolean => findings.some(({ severity }) => severity === 'error');

import * as z from 'zod';

/** What the preflight found. */
export const findingSchema = z.looseObject({
  rule: z.string(),
  severity: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  step: z.string().optional(),
  help: z.string().optional(),
});

export type Finding = z.output<typeof findingSchema>;

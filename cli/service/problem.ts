import * as z from 'zod';

/** A problem document (RFC 9457), as far as it is shown. */
export const problemSchema = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  help: z.string().optional(),
  errors: z.array(z.looseObject({ field: z.string(), message: z.string() })).optional(),
});

export type Problem = z.output<typeof problemSchema>;

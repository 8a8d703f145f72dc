import * as z from 'zod';

/** What the command hands to its plugins through Stryker's options. */
export const runOptions = z.object({
  mutation: z.object({
    /** The project's root: plugins run in a copy of it. */
    root: z.string(),
    unitTests: z.array(z.string()),
  }),
});

export type RunOptions = z.infer<typeof runOptions>;

import { z } from 'zod';
import { isPlainText, PLAIN_TEXT_RULE } from '../names/text/is-plain-text.ts';

/** The body of `POST /api/deployments/{id}/approve` and `/reject`. */
export const decisionBodySchema = z.strictObject({
  by: z
    .string('must be the name of the person who decides')
    .trim()
    .min(1, 'must not be empty')
    .max(128, 'must have at most 128 characters')
    .refine(isPlainText, PLAIN_TEXT_RULE)
    .optional()
    .meta({ title: 'Decided by', description: 'Who decides. Left aside when the platform vouches for the caller.' }),
  reason: z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(500, 'must have at most 500 characters')
    .refine(isPlainText, PLAIN_TEXT_RULE)
    .optional()
    .meta({ title: 'Reason', description: 'Needed to reject.' }),
  /** The run that was reviewed: a later one is then not decided on by mistake. */
  run: z.string('must be a text').optional().meta({ title: 'Run', description: 'Decides on this run only.' }),
});

import { z } from 'zod';
import { cutText } from '../names/cut-text.ts';
import { type PreflightRule, preflightRules } from './preflight-rules.ts';

/** Something that the preflight found out before anything is changed. An error would make the deployment fail; a warning would not. */
export const findingSchema = z.object({
  /** A stable id, the heading of its section in docs/preflight.md. */
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** What to do about it. */
  remedy: z.string(),
  /** The step that it concerns. */
  step: z.string().optional(),
  help: z.string(),
});

export type Finding = z.infer<typeof findingSchema>;

/** A message may quote what Azure says. */
const MAX_MESSAGE_LENGTH = 2048;

/** @param severity - where it differs from the rule's own. */
export const finding = (
  rule: PreflightRule,
  message: string,
  step?: string,
  severity: Finding['severity'] = preflightRules[rule].severity,
): Finding => ({
  rule,
  severity,
  message: cutText(message, MAX_MESSAGE_LENGTH),
  remedy: preflightRules[rule].remedy,
  ...(step !== undefined && { step }),
  help: `docs/preflight.md#${rule}`,
});

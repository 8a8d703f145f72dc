import { z } from 'zod';
import { cutText } from '../names/text/cut-text.ts';
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
  /** The field of the request that it concerns, such as `existing.registryId`. */
  field: z.string().optional(),
  help: z.string(),
});

export type Finding = z.infer<typeof findingSchema>;

/** A message may quote what Azure says. */
const MAX_MESSAGE_LENGTH = 2048;

/** @param severity - where it differs from the rule's own. The field is the rule's, if it has one. */
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
  ...fieldOf(preflightRules[rule]),
  help: `docs/preflight.md#${rule}`,
});

const fieldOf = (rule: object): { readonly field?: string } =>
  'field' in rule && typeof rule.field === 'string' ? { field: rule.field } : {};

const UNCHECKED = ' could not be checked: ';

/** The finding that a rule could not be checked. @param question - words that follow "Whether". */
export const notChecked = (question: string, reason: string, step?: string): Finding =>
  finding('not-checked', `Whether ${question}${UNCHECKED}${reason}`, step);

/** What a finding has found, without what differs from one answer of Azure to the next. */
export const essenceOf = ({ rule, severity, step, field, message }: Finding): object => ({
  rule,
  severity,
  step,
  field,
  ...(rule === 'not-checked' && { question: message.split(UNCHECKED)[0] }),
});

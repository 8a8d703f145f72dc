import * as z from 'zod';
import type { Terminal } from './terminal.ts';

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

/** A finding as a person reads it. */
export const findingLines = (
  { rule, severity, message, remedy, step, help }: Finding,
  paint: Terminal['paint'],
): string[] => [
  `${severity === 'error' ? paint('red', 'Error:') : paint('yellow', 'Warning:')} ${step === undefined ? '' : `${step}: `}${rule}`,
  `  ${message}`,
  ...(remedy === undefined ? [] : [`  What to do: ${remedy}`]),
  ...(help === undefined ? [] : [`  See ${help}`]),
];

import type { Finding } from '../service/finding-schema.ts';
import type { Terminal } from './terminal.ts';

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

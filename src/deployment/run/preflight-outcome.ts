import type { Finding } from '../plan/finding.ts';
import type { DeploymentError } from './deployment-run.ts';

/** No error text in the durable history is longer. */
const MAX_LENGTH = 1024;

/** What the findings make of a deployment: its error, with all of them, when there is one that it would fail of. */
export const preflightError = (findings: readonly Finding[]): DeploymentError | undefined => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const found = errors.map(({ rule, message }) => `${rule}: ${message}`).join(' ');
  const remedies = [...new Set(errors.map(({ remedy }) => remedy))].join(' ');
  return {
    step: 'preflight',
    code: 'PreflightFailed',
    message: cut(`Nothing was changed, since the deployment would fail (findings: ${errors.length}). ${found}`),
    class: 'permanent',
    remedy: cut(remedies),
  };
};

/** The warnings as the status shows them; what could not be checked in one line. */
export const preflightWarnings = (findings: readonly Finding[]): string[] => {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const unchecked = warnings.filter(({ rule }) => rule === 'not-checked').map(({ message }) => message);
  const others = warnings
    .filter(({ rule }) => rule !== 'not-checked')
    .map(({ message, remedy }) => `${message} ${remedy}`);
  return [...others, ...(unchecked.length > 0 ? [cut(unchecked.join(' '))] : [])];
};

const cut = (text: string): string => (text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`);

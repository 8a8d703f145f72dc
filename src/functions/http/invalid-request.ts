import type { FieldError } from '../../deployment/request/field-error.ts';
import { ProblemError } from './problem.ts';

const MAX_ERRORS_SHOWN = 50;

/** The problem of a request that breaks rules, with the fields. */
export const invalidRequest = (errors: readonly FieldError[]): ProblemError => {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const detail = first ? `${first.field || 'The body'} ${first.message}${more}.` : 'The request breaks a rule.';
  return new ProblemError(400, 'invalid-request', 'The request breaks a rule', detail, {
    extensions: { errors: errors.slice(0, MAX_ERRORS_SHOWN) },
  });
};

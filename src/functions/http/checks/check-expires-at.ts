import { expiryError } from '../../../deployment/request/expires-at.ts';
import { ProblemError } from '../problem.ts';

/** @throws ProblemError 400 when the instant of an `expiresAt` is over, or nearly, or too far away. */
export const checkExpiresAt = (expiresAt: string | undefined): void => {
  const message = expiresAt === undefined ? undefined : expiryError(expiresAt, Date.now());
  if (message === undefined) return;
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', `expiresAt ${message}.`, {
    extensions: { errors: [{ field: 'expiresAt', message }] },
  });
};

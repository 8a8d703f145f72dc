import { type AzureFailure, toAzureFailure } from './azure-failure.ts';
import { connectionErrorOf } from './connection-errors.ts';

/** The failure of a request that may have taken effect though no answer came; undefined for any other error. */
export const lostAnswer = (error: unknown): AzureFailure | undefined => {
  const failure = toAzureFailure(error, {});
  return failure.unanswered && connectionErrorOf(failure.code).mayHaveTakenEffect ? failure : undefined;
};

import type { StepError } from '../../deployment/driver/step.ts';
import { redactSecrets } from '../../deployment/names/text/redact-secrets.ts';
import type { AzureFailure } from './azure-failure.ts';
import { classifyFailure } from './classify-failure.ts';
import { connectionErrorOf } from './connection-errors.ts';

/** No error text in the durable history is longer. */
const MAX_MESSAGE_LENGTH = 1024;
/** Codes and ids of Azure have some 40 characters. */
const MAX_ID_LENGTH = 128;

/** What the status shows of a failure: in Azure's words, classified, scrubbed. */
export const toStepError = (failure: AzureFailure): StepError => ({
  code: failure.code.slice(0, MAX_ID_LENGTH),
  message: redactSecrets(messageOf(failure)).slice(0, MAX_MESSAGE_LENGTH),
  ...classifyFailure(failure),
  ...(failure.status !== undefined && { status: failure.status }),
  ...(failure.correlationId !== undefined && { correlationId: failure.correlationId.slice(0, MAX_ID_LENGTH) }),
});

/** Of a broken connection it says what is known of the request. */
const messageOf = ({ code, message, unanswered }: AzureFailure): string => {
  if (!unanswered) return message;
  const { words, mayHaveTakenEffect } = connectionErrorOf(code);
  const effect = mayHaveTakenEffect
    ? 'the request may have taken effect, which the next try finds out'
    : 'the request was not sent';
  return `${message} (${words}: ${effect})`;
};

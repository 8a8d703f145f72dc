import type { StepError } from '../../deployment/driver/step.ts';
import { redactSecrets } from '../../deployment/names/redact-secrets.ts';
import type { AzureFailure } from './azure-failure.ts';
import { classifyFailure } from './classify-failure.ts';

/** No error text in the durable history is longer. */
const MAX_MESSAGE_LENGTH = 1024;

/** What the status shows of a failure: in Azure's words, classified, scrubbed. */
export const toStepError = (failure: AzureFailure): StepError => ({
  code: failure.code,
  message: redactSecrets(failure.message).slice(0, MAX_MESSAGE_LENGTH),
  ...classifyFailure(failure),
  ...(failure.status !== undefined && { status: failure.status }),
  ...(failure.correlationId !== undefined && { correlationId: failure.correlationId }),
});

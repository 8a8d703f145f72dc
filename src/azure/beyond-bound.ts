import { AzureOperationError } from './failures/azure-failure.ts';

type BoundCode = 'AnswerTooLarge' | 'AnswerTooDeep' | 'AnswerTooLong' | 'ListTooLong';

/** What is thrown when more is sent than is taken ({@link ./bounds.ts}). */
export const beyondBound = (code: BoundCode, message: string, correlationId?: string): AzureOperationError =>
  new AzureOperationError({ code, message, ...(correlationId !== undefined && { correlationId }) });

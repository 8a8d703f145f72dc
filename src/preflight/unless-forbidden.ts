import { isRestError } from '@azure/core-rest-pipeline';
import { AzureOperationError } from '../azure/failures/azure-failure.ts';

/** What was found; undefined also for what may not be read: the rule of permissions reports that, with the action's name. */
export const unlessForbidden = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (statusOf(error) === 403) return undefined;
    throw error;
  }
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof AzureOperationError) return error.failure.status;
  return isRestError(error) ? error.statusCode : undefined;
};

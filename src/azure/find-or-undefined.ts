import { isRestError } from '@azure/core-rest-pipeline';

/** The resource, or undefined when Azure answers 404 for it. Other errors are passed on. */
export const findOrUndefined = async <T>(get: Promise<T>): Promise<T | undefined> => {
  try {
    return await get;
  } catch (error) {
    if (isRestError(error) && error.statusCode === 404) return undefined;
    throw error;
  }
};

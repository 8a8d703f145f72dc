import { isRestError } from '@azure/core-rest-pipeline';

/** What was found; undefined also for what may not be looked at: that is the rule of permissions to say, with the action's name. */
export const unlessForbidden = async <T>(look: Promise<T>): Promise<T | undefined> => {
  try {
    return await look;
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return undefined;
    throw error;
  }
};

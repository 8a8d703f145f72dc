import { isRestError } from '@azure/core-rest-pipeline';

/**
 * The resource, or undefined when Azure answers 404 for it, or that the subscription is not registered for its provider: then it has none of its resources
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types, "unregister": not while it has any). Other errors are passed on.
 */
export const findOrUndefined = async <T>(get: Promise<T>): Promise<T | undefined> => {
  try {
    return await get;
  } catch (error) {
    if (isRestError(error) && (error.statusCode === 404 || error.code === 'MissingSubscriptionRegistration'))
      return undefined;
    throw error;
  }
};

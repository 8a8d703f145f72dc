/** What a request has to say that deletes. */
export const CONFIRM_RULE = 'must be the name of the resource group that the deployment is in';

import { gs } from '@servicenow/glide';

/** Where the service reports the end: the resource of `fluent/callback-api.now.ts` on this instance. */
export const callbackUrl = (): string => {
  let instance = gs.getProperty('glide.servlet.uri') ?? '';
  while (instance.endsWith('/')) instance = instance.slice(0, -1);
  return `${instance}/api/x_airaks_deploy/callback/deployments`;
};

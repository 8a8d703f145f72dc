import { gs } from '@servicenow/glide';

/** Where the service reports the end: the resource of `fluent/callback-api.now.ts` on this instance. */
export const callbackUrl = (): string => {
  const instance = (gs.getProperty('glide.servlet.uri') ?? '').replace(/\/+$/, '');
  return `${instance}/api/x_airaks_deploy/callback/deployments`;
};

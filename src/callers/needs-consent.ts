import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { Caller } from './caller.ts';

/**
 * Whether a caller may use what others keep only where they consented. Callers who are not told apart are one, who may use everything.
 *
 * @param caller - undefined with function keys.
 */
export const needsConsent = (caller: Caller | undefined): boolean =>
  caller !== undefined && !caller.roles.includes('Deployments.All');

/** A deployment as the caller may have it carried out: its runs, plans and steps go by what is decided here. */
export const forCaller = (deployment: Deployment, caller: Caller | undefined): Deployment => ({
  ...deployment,
  ...(needsConsent(caller) && { needsConsent: true }),
});

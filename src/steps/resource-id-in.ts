import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { StepResource } from './step.ts';

/** The id of a step's resource: somebody else's where the request names one, else that of the deployment's own. */
export const resourceIdIn = (deployment: Deployment, { type, nameIn, existingIn }: StepResource): string =>
  existingIn?.(deployment) ?? resourceId(deployment, type, nameIn(deployment));

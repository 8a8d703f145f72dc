import { identity } from '../deployment/step-contracts.ts';
import { identityResource } from '../resources/identity.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const identityActivity = stepActivity(identity, (input, resume) =>
  reconcileResource(identityResource(input), resume),
);

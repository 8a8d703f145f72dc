import { storage } from '../deployment/step-contracts.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { storageResource } from '../resources/storage.ts';
import { stepActivity } from './step-activity.ts';

export const storageActivity = stepActivity(storage, (input, resume) =>
  reconcileResource(storageResource(input), resume),
);

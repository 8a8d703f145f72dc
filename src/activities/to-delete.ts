import { apiVersionOf } from '../azure/settings/api-versions.ts';
import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { StepCore } from '../steps/step.ts';

/** What it takes to delete a step's resource; empty for a step that creates none. */
export const toDelete = (step: StepCore, deployment: Deployment): readonly OwnedResource[] =>
  step.resource
    ? [
        {
          name: step.name,
          resourceId: step.resourceId(deployment),
          apiVersion: apiVersionOf(step.resource),
          usualSeconds: step.resource.deleteSeconds,
        },
      ]
    : [];

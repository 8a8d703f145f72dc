import { newTags } from '../activities/reconcile/differences.ts';
import { apiVersionOf } from '../azure/settings/api-versions.ts';
import { allSteps } from '../steps/all-steps.ts';
import { placeOf } from '../steps/input-parts.ts';
import type { StepCore, StepResource } from '../steps/step.ts';
import type { Surroundings } from './surroundings.ts';

/** A resource that is to be created, as Azure Policy wants to see it. */
export interface PlannedResource {
  readonly step: string;
  readonly apiVersion: string;
  readonly content: { readonly type: string; readonly name: string; readonly [property: string]: unknown };
}

/** The resources that do not exist yet. What is missing of somebody else's is not created. */
export const plannedResources = async (
  surroundings: Surroundings,
  steps: readonly StepCore[] = allSteps,
): Promise<readonly PlannedResource[]> => {
  const { deployment } = surroundings;
  const candidates = steps.flatMap((step) =>
    step.resource && step.resource.existingIn?.(deployment) === undefined ? [{ step, resource: step.resource }] : [],
  );
  const existing = await Promise.all(candidates.map(({ step }) => surroundings.find(step)));
  return candidates.flatMap(({ step, resource }, index) =>
    existing[index] ? [] : [planned(step.name, resource, surroundings)],
  );
};

const planned = (step: string, resource: StepResource, { deployment }: Surroundings): PlannedResource => ({
  step,
  apiVersion: apiVersionOf(resource),
  content: {
    type: resource.type,
    name: resource.nameIn(deployment),
    location: deployment.location,
    tags: newTags(placeOf(deployment)),
    ...resource.policyContent?.(deployment),
  },
});

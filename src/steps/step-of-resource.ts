import { allSteps } from './all-steps.ts';
import { resourceGroup } from './resource-group.ts';
import type { StepCore, StepResource } from './step.ts';

const PARTS = /\/providers\/([^/]+\/[^/]+)\/[^/]+$/i;

/** The step that makes resources of the type of an id; undefined for groups, for what is in another resource, and for other types. */
export const stepOfResource = (id: string): (StepCore & { readonly resource: StepResource }) | undefined => {
  const type = PARTS.exec(id)?.[1]?.toLowerCase();
  const steps: readonly StepCore[] = allSteps;
  return steps.filter(makesResource).find(({ resource }) => resource.type.toLowerCase() === type);
};

const makesResource = (step: StepCore): step is StepCore & { readonly resource: StepResource } =>
  step.resource !== undefined && step.name !== resourceGroup.name;

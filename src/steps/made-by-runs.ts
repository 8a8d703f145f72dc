import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import type { StoredStep } from '../deployment/run/stored/stored-status.ts';
import { allSteps } from './all-steps.ts';

/** No record remembers more. */
const MOST_KEPT = 60;

const ROLE_ASSIGNMENT = /\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i;

/**
 * The ids of what the runs of a deployment made, or may have made: resources, and roles on other resources. A run inherits them until the deployment is
 * deleted.
 *
 * @param steps - those of the latest run, by name.
 */
export const madeByRuns = (
  { run, deployment }: Pick<DeploymentRecord, 'run' | 'deployment'>,
  steps: ReadonlyMap<string, StoredStep>,
): readonly string[] => {
  const resources = allSteps.flatMap((step) => {
    const status = steps.get(step.name);
    const isOwn = deployment && step.resource && step.resource.existingIn?.(deployment) === undefined;
    return isOwn && status && mayHaveMade(status) ? [step.resourceId(deployment)] : [];
  });
  const roles = [...steps.values()].flatMap(({ change, resourceId }) =>
    change === 'created' && resourceId !== undefined && ROLE_ASSIGNMENT.test(resourceId) ? [resourceId] : [],
  );
  return [...new Set([...resources, ...roles, ...(run?.made ?? [])])].slice(0, MOST_KEPT);
};

/** Whether {@link madeByRuns} knows all: releases that did not record it had runs of which only the latest is known. */
export const knowsAllMade = ({ run, earlierRuns }: Pick<DeploymentRecord, 'run' | 'earlierRuns'>): boolean =>
  run !== undefined && (run.made !== undefined || earlierRuns.length === 0);

/** Whether an id is that of a role assignment. */
export const isRoleAssignment = (id: string): boolean => ROLE_ASSIGNMENT.test(id);

/** One that was found as it should be was there before, unless an answer to its creation was lost; one that did not succeed may have been sent. */
const mayHaveMade = ({ state, change, wrote, resourceId }: StoredStep): boolean => {
  if (change === 'created' || wrote) return true;
  return state !== 'Succeeded' && resourceId !== undefined;
};

import { RECOVERY } from '../../activities/reconcile/observe-resource.ts';
import { consentRemedy, deletedConsentRemedy, notConsented } from '../../deployment/names/consent.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { graphOf } from '../../steps/graph.ts';
import type { StepCore } from '../../steps/step.ts';
import { type ForeignResource, foreignResources } from '../foreign-resources.ts';
import { type Inspected, inspectSteps } from '../inspect-steps.ts';
import type { Rule } from './rule.ts';

/**
 * Whether the deployment would change, open or give access to what others keep and did not consent to. What stays as it is may be read without: the steps are inspected for that, but only where
 * something foreign was found.
 */
export const consentRule: Rule = {
  question: 'the owners of what the deployment uses have consented',
  async check(surroundings) {
    const { deployment } = surroundings;
    if (!deployment.needsConsent) return [];
    const foreign = await foreignResources(surroundings);
    if (foreign.length === 0) return [];
    const inspections = await inspectSteps(deployment);
    const used = new Set(
      graphOf(deployment).all.flatMap(({ name, step }) =>
        usedBy(step, deployment, inspections.get(name)).map((id) => id.toLowerCase()),
      ),
    );
    return foreign.filter(({ id }) => used.has(id.toLowerCase())).map((resource) => findingOf(resource, deployment));
  },
};

/** The ids of all that a step would act on. One that could not be inspected counts as having something to do. */
const usedBy = (step: StepCore, deployment: Deployment, found: Inspected | undefined): readonly string[] => {
  if (found?.action === 'unchanged' && !step.opens(deployment)) return [];
  const isKept = step.resource?.existingIn?.(deployment) !== undefined;
  const own = step.resource && !isKept ? [step.resourceId(deployment)] : [];
  const isRecovered = found?.changes.some(({ property }) => property === RECOVERY.property);
  // What exists is changed where it is: its group is not asked.
  const isChanged = step.resource !== undefined && found?.action === 'update' && !isRecovered;
  return isChanged ? own : [...own, ...step.actsOn(deployment)];
};

const findingOf = ({ id, step, field, isDeleted }: ForeignResource, deployment: Deployment): Finding => ({
  ...finding('not-consented', notConsented(id, deployment.id), step),
  field,
  remedy: (isDeleted ? deletedConsentRemedy : consentRemedy)(id, deployment.id),
});

import { allSteps } from '../steps/all-steps.ts';
import type { RunFacts } from '../steps/run-facts.ts';
import type { StepCore } from '../steps/step.ts';
import { providerOf } from './resource-providers.ts';
import type { RoleAction } from './role-action.ts';
import { SERVICE_ACTIONS } from './service-actions.ts';

/**
 * Every action that the service takes, with what for: for the preflight, and for docs/permissions.md. `infra/roles/deployer.json` is recorded from
 * the requests themselves; a test compares the two. Names: azure-docs, articles/role-based-access-control/permissions/*.md.
 */
export const roleActions = (steps: readonly StepCore[] = allSteps): readonly RoleAction[] =>
  [...steps.flatMap(actionsOfStep), ...registrations(steps), ...steps.flatMap(deletion), ...SERVICE_ACTIONS].toSorted(
    (a, b) => (a.action.toLowerCase() < b.action.toLowerCase() ? -1 : 1),
  );

const actionsOfStep = ({ name, actions }: StepCore): readonly RoleAction[] =>
  actions.map(({ action, why, needed }) => ({
    action,
    why,
    usedBy: name,
    ...(needed && { needed: needed === 'always' ? () => true : needed === 'write' ? writes(name) : needed }),
  }));

const writes =
  (step: string) =>
  (facts: RunFacts): boolean =>
    facts.writes(step);

const registrations = (steps: readonly StepCore[]): readonly RoleAction[] =>
  [...new Set(steps.flatMap((step) => providerOf(step)?.namespace ?? []))].map((namespace) => ({
    action: `${namespace}/register/action`,
    usedBy: 'provider registration',
    why: 'registers the provider where the subscription is not; not needed where that was done',
    needed: ({ unregistered }) => unregistered.has(namespace),
  }));

const deletion = ({ resource, dependsOn, uses }: StepCore): readonly RoleAction[] => {
  if (!resource) return [];
  const isGroup = dependsOn.length === 0 && Object.keys(uses).length === 0;
  const why = isGroup
    ? 'of a resource group that the deployment made, with all that is in it'
    : 'in a resource group that stays';
  return [{ action: `${resource.type}/delete`, usedBy: 'undo', why }];
};

import { flag } from '../deployment/az/az-words.ts';
import { type CloudRules, tutorialCloud } from '../deployment/names/cloud-rules.ts';
import type { Finding } from '../deployment/plan/finding.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { allSteps } from '../steps/all-steps.ts';
import type { StepCore } from '../steps/step.ts';
import { undoOrder } from '../steps/undo-order.ts';
import { azUpdateCommands } from './az-update-commands.ts';

/**
 * The same as `az` commands, in the order and wording of the tutorial and its next part, with the names decided. What needs no doing stands in comments.
 */
export const azCommands = (
  deployment: Deployment,
  plan: { readonly steps: readonly PlanStep[]; readonly findings: readonly Finding[] },
  cloud: CloudRules = tutorialCloud,
  steps: readonly StepCore[] = allSteps,
): readonly string[] => {
  const creating = undoOrder(steps).filter(
    ({ resource, dependsOn }) => resource && dependsOn.length > 0 && resource.existingIn?.(deployment) === undefined,
  );
  const nodes = steps.toSorted((a, b) => a.commandOrder - b.commandOrder).flatMap((step) => step.nodes(deployment));
  return [
    ...(cloud.name === tutorialCloud.name ? [] : [comment(`az cloud set ${flag('name', cloud.name)}`)]),
    comment(`az account set --subscription ${deployment.subscriptionId}`),
    ...nodes.flatMap(({ name, step }) => {
      const planned = plan.steps.find((each) => each.name === name);
      const context = { name, planned, findings: plan.findings, creating };
      const { create, update, reads = [] } = step.commands(deployment, context);
      const { action = 'create' } = planned ?? {};
      if (action === 'unknown') {
        return [
          comment(`${name} was not checked: see what exists before you type this.`),
          ...create.map(comment),
          ...reads,
        ];
      }
      if (action === 'create') return [...create, ...reads];
      const updates = action === 'update' ? (update ?? azUpdateCommands(deployment, step, planned)) : [];
      return [...create.map(comment), ...updates, ...reads];
    }),
  ];
};

/** Every line of it: a value may hold several. */
const comment = (command: string): string => command.replaceAll(/^/gm, '# ');

import { flag, shellWord } from '../deployment/az/az-words.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { StepCore } from '../steps/step.ts';

/** The changes of an update as `az` commands; one that no command is known for stands in a comment. */
export const azUpdateCommands = (
  deployment: Deployment,
  step: StepCore,
  planned: PlanStep | undefined,
): readonly string[] => {
  if (!planned) return [];
  const tags = planned.changes.filter(({ property }) => property.startsWith('tags.'));
  const merged = tags.map(({ property, to }) => shellWord(`${property.slice('tags.'.length)}=${to}`)).join(' ');
  return [
    ...planned.changes
      .filter((change) => !tags.includes(change))
      .map(
        (change) =>
          step.updateCommand(deployment, change) ?? `# ${change.property}: from ${change.from} to ${change.to}`,
      ),
    ...(tags.length > 0
      ? [`az tag update ${flag('resource-id', planned.resourceId)} --operation Merge --tags ${merged}`]
      : []),
  ];
};

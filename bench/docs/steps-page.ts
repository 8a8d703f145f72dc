import { allSteps } from '../../src/steps/all-steps.ts';
import type { StepCore } from '../../src/steps/step.ts';

const HEAD = `# The steps of a deployment

What a run does, step by step: in which order, how long it usually takes, and which actions of Azure RBAC it needs.

This page is written by \`npm run docs\` from [src/steps](../src/steps).
What a deployment will do, with values, is said by its plan: \`POST /api/plans\` ([cli.md](cli.md)).`;

const TERMS = `- *waits for*: the steps that come before. A step marked *optional* is left out where the request does not need it.
- *usually*: the time to create what is missing, and in parentheses to update it, as seen in public logs of Terraform, azd and the Azure CLI.
- *at most*: the step fails when it is not done by then.`;

/** The page that says what every step does; made from the list of steps. */
export const stepsPage = (steps: readonly StepCore[] = allSteps): string =>
  [
    HEAD,
    TERMS,
    ['| step | does | waits for | usually | at most |', '| --- | --- | --- | --- | --- |', ...steps.map(stepRow)].join(
      '\n',
    ),
    '## What each step needs in Azure',
    [
      '| step | resource | actions |',
      '| --- | --- | --- |',
      ...steps.filter(({ actions, resource }) => actions.length > 0 || resource).map(azureRow),
    ].join('\n'),
    'With the actions of preflight, plans and deletion they are all that the service may do: [permissions.md](permissions.md).',
    '',
  ].join('\n\n');

const stepRow = (step: StepCore): string => {
  const needs = [...new Set([...Object.values(step.uses), ...step.dependsOn].map(({ name }) => `\`${name}\``))];
  const { create, update } = step.usualSeconds;
  const name = step.optional ? `\`${step.name}\` (optional)` : `\`${step.name}\``;
  return `| ${name} | ${step.summary} | ${needs.join(', ') || '–'} | ${create} s${update === undefined ? '' : ` (${update} s)`} | ${step.deadlineSeconds / 60} min |`;
};

const azureRow = ({ name, resource, actions }: StepCore): string => {
  const cells = [...new Set(actions.map(({ action }) => `\`${action}\``))];
  return `| \`${name}\` | ${resource ? `\`${resource.type}\`, API ${resource.apiVersion}` : '–'} | ${cells.join('<br>') || '–'} |`;
};

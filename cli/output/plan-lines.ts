import { formatDuration } from '../../command-line/format-duration.ts';
import { hasChanges, type Plan, unread } from '../service/plan-schema.ts';
import { findingLines } from './finding-lines.ts';
import type { Terminal } from './terminal.ts';

type Paint = Terminal['paint'];

/** A plan as a person reads it, in Terraform's manner: + is created, ~ is changed in place. What stays as it is is only counted. */
export const planLines = (plan: Plan, paint: Paint): string[] => [
  ...(hasChanges(plan) ? actionLines(plan, paint) : ['No changes. What exists is as the request asks for.']),
  ...differenceLines(plan, paint),
  ...plan.findings.flatMap((finding) => ['', ...findingLines(finding, paint)]),
  ...(plan.commands === undefined ? [] : ['', 'The same by hand:', '', ...plan.commands]),
];

const actionLines = (plan: Plan, paint: Paint): string[] => {
  const { id, names, summary, criticalPath } = plan;
  return [
    `The deployment "${id}" would do this in the resource group ${names.resourceGroupName}, ${names.location}:`,
    `  ${paint('green', '+')} create   ${paint('yellow', '~')} update in place${unread(plan) > 0 ? `   ${paint('yellow', '?')} not checked` : ''}`,
    '',
    ...plan.steps.flatMap((step) => stepLines(step, paint)),
    '',
    `${paint('bold', 'Plan:')} ${summary.create} to add, ${summary.update} to change, 0 to destroy. ${summary.unchanged} unchanged.${unread(plan) > 0 ? ` ${unread(plan)} not checked.` : ''}`,
    ...(criticalPath === undefined
      ? []
      : [`About ${formatDuration(criticalPath.usualSeconds)}, along ${criticalPath.steps.join(' -> ')}.`]),
  ];
};

const SIGNS: Readonly<Record<string, readonly ['green' | 'yellow', string]>> = {
  create: ['green', '+'],
  update: ['yellow', '~'],
  unknown: ['yellow', '?'],
};

const stepLines = ({ name, action, changes, note }: Plan['steps'][number], paint: Paint): string[] => {
  const sign = SIGNS[action];
  if (!sign) return [];
  return [
    `  ${paint(...sign)} ${name}`,
    ...changes.map(
      ({ property, from, to }) => `      ${paint('yellow', '~')} ${property}: ${from ?? UNSET} -> ${to ?? UNSET}`,
    ),
    ...(note === undefined ? [] : [`      ${note}`]),
  ];
};

/** What a profile makes otherwise; why, and what follows, docs/hardening.md says. */
const differenceLines = ({ profileDifferences = [] }: Plan, paint: Paint): string[] =>
  profileDifferences.length === 0
    ? []
    : [
        '',
        paint(
          'bold',
          'Otherwise than in the tutorial (docs/hardening.md says why, and what follows for its next part):',
        ),
        ...profileDifferences.map(
          ({ step, property, tutorial, hardened }) => `  ${step}: ${property}: ${tutorial} -> ${hardened}`,
        ),
      ];

const UNSET = 'not set';

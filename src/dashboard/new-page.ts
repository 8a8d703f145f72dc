import type { Plan, PlanStep } from '../deployment/plan/plan.ts';
import { call, Problem } from './api.ts';
import { element } from './dom.ts';
import { findingsList } from './findings-list.ts';
import { formatDuration } from './format.ts';
import { keptPlan } from './kept-plan.ts';
import type { Page } from './page.ts';
import { profileTable } from './profile-table.ts';

/**
 * A body to plan, review and deploy. What is deployed is what was planned: the deployment names the plan's hash, unless a part of what exists could not be
 * read. Nobody can then hold it to the plan, and the button says so.
 */
export const newPage = (): Page => {
  const body = element('textarea', { id: 'body', rows: 12, spellcheck: 'false' }, '{}');
  const planButton = element('button', { type: 'button', class: 'primary' }, 'Plan');
  const result = element('div', { role: 'status' });

  const deploy = async (text: string, plan: Plan): Promise<void> => {
    const { body: started } = await call<{ id: string; run: string }>('deployments', {
      method: 'POST',
      body: JSON.stringify({ ...JSON.parse(text), ...(plan.summary.unknown === 0 && { planHash: plan.hash }) }),
    });
    keptPlan.set(started.run, plan);
    location.hash = `#/deployments/${encodeURIComponent(started.id)}`;
  };

  const plan = async (): Promise<void> => {
    planButton.disabled = true;
    result.replaceChildren(element('p', { class: 'quiet' }, 'Comparing with what exists…'));
    const text = body.value;
    try {
      const { body: document } = await call<Plan>('plans', { method: 'POST', body: text });
      const go = element('button', { type: 'button', class: 'primary' }, deployLabel(document));
      go.disabled = document.findings.some(({ severity }) => severity === 'error');
      go.addEventListener(
        'click',
        () => void deploy(text, document).catch((error) => result.prepend(...problem(error))),
      );
      result.replaceChildren(...planned(document), go);
    } catch (error) {
      result.replaceChildren(...problem(error));
    } finally {
      planButton.disabled = false;
    }
  };
  planButton.addEventListener('click', () => void plan());

  const content = element(
    'section',
    {},
    element('h1', {}, 'New deployment'),
    element(
      'p',
      {},
      'The body of POST /api/deployments, as JSON. {} takes the tutorial’s values for everything. A plan changes nothing.',
    ),
    element('label', { for: 'body' }, 'Body', body),
    element('div', { class: 'buttons' }, planButton),
    result,
  );
  return { title: 'New deployment', content, run: async () => {} };
};

const deployLabel = ({ summary }: Plan): string =>
  summary.unknown === 0 ? 'Deploy this plan' : `Deploy, though ${summary.unknown} steps were not checked`;

const planned = ({ summary, steps, criticalPath, findings, profileDifferences }: Plan): Node[] => [
  element(
    'h2',
    {},
    `${summary.create} to create, ${summary.update} to change, ${summary.unchanged} unchanged${summary.unknown > 0 ? `, ${summary.unknown} not checked` : ''}`,
  ),
  element('p', {}, `Usually takes ${formatDuration(criticalPath.usualSeconds * 1000)}.`),
  ...findingsList(findings),
  element(
    'table',
    { class: 'steps' },
    element('caption', { class: 'hidden' }, 'What each step would do'),
    element(
      'thead',
      {},
      element('tr', {}, ...['Step', 'Would', 'Changes'].map((name) => element('th', { scope: 'col' }, name))),
    ),
    element('tbody', {}, ...steps.map(plannedRow)),
  ),
  ...profileTable(profileDifferences),
];

const plannedRow = ({ name, action, critical, changes, note }: PlanStep): HTMLTableRowElement =>
  element(
    'tr',
    { class: critical ? 'critical' : undefined },
    element('th', { scope: 'row' }, name),
    element('td', {}, element('span', { class: `badge ${action}` }, action)),
    element(
      'td',
      {},
      [...changes.map(({ property, from, to }) => `${property}: ${from} → ${to}`), note ?? ''].join(' '),
    ),
  );

const problem = (error: unknown): Node[] => {
  if (!(error instanceof Problem))
    return [element('p', { class: 'error' }, `The service could not be reached: ${error}`)];
  return [
    element('p', { class: 'error' }, element('strong', {}, error.title), ` ${error.message}`),
    element('ul', {}, ...error.errors.map(({ field, message }) => element('li', {}, `${field} ${message}`))),
  ];
};

import type { Plan } from '../deployment/plan/plan.ts';
import type { StepResponse } from '../status/deployment-response.ts';
import { element } from './dom.ts';
import { formatDuration } from './format.ts';

/** The steps as a table with a bar for the time that each took; the critical path is marked. */
export const timeline = (
  steps: readonly StepResponse[],
  critical: ReadonlySet<string>,
  asOf: string,
  plan: Plan | undefined,
): HTMLTableElement => {
  const start = Math.min(...steps.flatMap(({ startedAt }) => (startedAt ? [Date.parse(startedAt)] : [])));
  const end = Math.max(
    Date.parse(asOf),
    ...steps.flatMap(({ endedAt }) => (endedAt ? [Date.parse(endedAt)] : [])),
    start + 1,
  );
  const heads = ['Step', 'State', 'Time', 'Took', 'Attempts', 'Polls', ...(plan ? ['Planned'] : []), 'Result'];
  return element(
    'table',
    { class: 'steps' },
    element('caption', {}, 'Steps in the tutorial’s order; ★ marks the critical path'),
    element('thead', {}, element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...steps.map((step) => row(step, critical.has(step.name), start, end, plan))),
  );
};

const row = (
  step: StepResponse,
  critical: boolean,
  start: number,
  end: number,
  plan: Plan | undefined,
): HTMLTableRowElement => {
  const from = step.startedAt === undefined ? undefined : Date.parse(step.startedAt);
  const to = step.endedAt === undefined ? end : Date.parse(step.endedAt);
  const bar = element('div', { class: `bar ${step.state.toLowerCase()}` });
  if (from !== undefined) {
    // Set through the object model, which a strict content security policy allows; a style attribute it would not.
    bar.style.marginInlineStart = `${((from - start) / (end - start)) * 100}%`;
    bar.style.inlineSize = `max(3px, ${((to - from) / (end - start)) * 100}%)`;
  }
  const planned = plan?.steps.find(({ name }) => name === step.name);
  return element(
    'tr',
    { class: critical ? 'critical' : undefined },
    element('th', { scope: 'row' }, critical && element('span', { title: 'critical path' }, '★ '), step.name),
    element('td', {}, element('span', { class: `badge ${step.state.toLowerCase()}` }, step.state)),
    element('td', { class: 'time' }, from === undefined ? '' : bar),
    element('td', { class: 'number' }, from === undefined ? '' : formatDuration(to - from)),
    element('td', { class: 'number', 'data-label': 'attempts' }, step.attempts || ''),
    element('td', { class: 'number', 'data-label': 'polls' }, step.polls || ''),
    plan && element('td', {}, planned?.action),
    element('td', {}, result(step)),
  );
};

const result = ({ change, changed = [], note }: StepResponse): string =>
  [change ?? '', changed.length > 0 ? `(${changed.join(', ')})` : '', note ?? ''].filter(Boolean).join(' ');

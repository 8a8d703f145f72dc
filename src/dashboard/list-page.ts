import { call } from './api.ts';
import { type DeploymentList, deploymentStatuses, type ListedDeployment } from './documents.ts';
import { element, setText } from './dom.ts';
import { formatDuration, formatInstant } from './format.ts';
import type { Page } from './page.ts';
import { pause } from './pause.ts';

const REFRESH_MS = 5000;
const PAGE_SIZE = 200;
/** More than this many are not fetched; the filters narrow them down. */
const MOST = 1000;

/** All deployments, newest first, with filters. */
export const listPage = (): Page => {
  const status = element(
    'select',
    { id: 'status' },
    element('option', { value: '' }, 'Any status'),
    ...deploymentStatuses.map((name) => element('option', { value: name }, name)),
  );
  const search = element('input', { id: 'search', type: 'search', placeholder: 'id or correlation id' });
  const since = element('input', { id: 'since', type: 'date' });
  const count = element('p', { class: 'quiet', role: 'status' });
  const rows = element('tbody');
  const content = element(
    'section',
    {},
    element('h1', {}, 'Deployments'),
    element(
      'div',
      { class: 'filters', role: 'search' },
      element('label', { for: 'search' }, 'Find', search),
      element('label', { for: 'status' }, 'Status', status),
      element('label', { for: 'since' }, 'Created since', since),
    ),
    count,
    element(
      'table',
      { class: 'list' },
      element('caption', { class: 'hidden' }, 'Deployments, newest first'),
      element(
        'thead',
        {},
        element('tr', {}, ...['Deployment', 'Status', 'Created', 'Took', 'Correlation id'].map(columnHead)),
      ),
      rows,
    ),
  );

  let fetched: readonly ListedDeployment[] = [];
  let more = false;
  const known = new Map<string, HTMLTableRowElement>();
  const show = (): void => {
    const text = search.value.trim().toLowerCase();
    const shown = fetched.filter(({ id, correlationId = '' }) =>
      `${id}\n${correlationId.toLowerCase()}`.includes(text),
    );
    const kept = new Set(shown.map(({ id }) => id));
    for (const [id, row] of known) {
      if (kept.has(id)) continue;
      row.remove();
      known.delete(id);
    }
    for (const [index, item] of shown.entries()) {
      const row = known.get(item.id) ?? emptyRow(item.id);
      known.set(item.id, row);
      fillRow(row, item);
      // Rows that stay where they are are not touched: the focus may be in one.
      if (rows.children[index] !== row) rows.insertBefore(row, rows.children[index] ?? null);
    }
    setText(
      count,
      shown.length === 0
        ? 'No deployment matches.'
        : `${shown.length} ${shown.length === 1 ? 'deployment' : 'deployments'}${more ? ' of more: narrow them down' : ''}`,
    );
  };

  const load = async (signal: AbortSignal): Promise<void> => {
    const query = new URLSearchParams({ top: `${PAGE_SIZE}` });
    if (status.value) query.set('status', status.value);
    if (since.value) query.set('createdAfter', new Date(`${since.value}T00:00`).toISOString());
    let next: string | undefined = `deployments?${query}`;
    const all: ListedDeployment[] = [];
    while (next !== undefined && all.length < MOST) {
      const { body }: { body: DeploymentList } = await call<DeploymentList>(next, { signal });
      all.push(...body.deployments);
      next = body.nextLink;
    }
    fetched = all;
    more = next !== undefined;
    show();
  };

  search.addEventListener('input', show);
  return {
    title: 'Deployments',
    content,
    async run(signal) {
      let refresh = new AbortController();
      for (const filter of [status, since]) filter.addEventListener('change', () => refresh.abort(), { signal });
      while (!signal.aborted) {
        await load(signal);
        refresh = new AbortController();
        await pause(REFRESH_MS, AbortSignal.any([signal, refresh.signal]));
      }
    },
  };
};

const columnHead = (name: string): HTMLTableCellElement => element('th', { scope: 'col' }, name);

const emptyRow = (id: string): HTMLTableRowElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('a', { href: `#/deployments/${encodeURIComponent(id)}` }, id)),
    element('td', {}, element('span')),
    element('td'),
    element('td'),
    element('td'),
  );

const existsText = ({ run, deployed }: ListedDeployment): string =>
  deployed && (deployed.run !== run || deployed.changedBy)
    ? `What exists is of run ${deployed.run}${deployed.changedBy ? ', and may have been changed since' : ''}.`
    : '';

const fillRow = (row: HTMLTableRowElement, item: ListedDeployment): void => {
  const [, status, created, took, correlation] = row.cells;
  const badge = status?.firstElementChild;
  if (!badge || !created || !took || !correlation) return;
  badge.className = `badge ${item.status.toLowerCase()}`;
  setText(badge, item.status);
  // Why outputs are there though it failed.
  badge.setAttribute('title', existsText(item));
  setText(created, formatInstant(item.createdAt));
  setText(took, formatDuration(Date.parse(item.lastUpdatedAt) - Date.parse(item.startedAt)));
  setText(correlation, item.correlationId ?? '');
};

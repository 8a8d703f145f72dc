import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorClasses, stepStates } from '../../src/deployment/driver/step.ts';
import { deploymentStatuses } from '../../src/deployment/run/deployment-status.ts';
import { attributes, events, metricAttributes, metricNames } from '../../src/telemetry/telemetry-names.ts';

const folder = fileURLToPath(new URL('../../infra/queries/', import.meta.url));
const page = readFileSync(fileURLToPath(new URL('../../docs/telemetry.md', import.meta.url)), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.kql'));

/** The quoted words of a query, those in its comments left out. */
const quoted = (query: string): string[] =>
  [...query.replaceAll(/\/\/.*/g, '').matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);

const known: readonly string[] = [
  ...Object.values(attributes),
  ...Object.values(events),
  ...Object.values(metricNames),
  ...Object.values(metricAttributes),
  ...deploymentStatuses,
  ...errorClasses,
  ...stepStates,
];

/** What the queries call things themselves. */
const OWN = ['apache-airflow-rg', 'undo', 'deployment', 'trace'];

/** https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete: the classic names, which a query against the component knows. */
const TABLES = ['customMetrics', 'traces', 'requests', 'dependencies'];

it('there is a query for each of the five questions', () => {
  const questions = ['failed', 'one-deployment', 'slow-steps', 'stuck', 'throttled'];
  expect(files.toSorted()).toEqual(questions.map((name) => `${name}.kql`));
});

describe.each(files)('%s', (file) => {
  const query = readFileSync(`${folder}${file}`, 'utf8');

  it('names only what the service sends', () => {
    const unknown = quoted(query).filter((word) => !known.includes(word) && !OWN.includes(word));
    expect(unknown).toEqual([]);
    expect(quoted(query).some((word) => known.includes(word))).toBe(true);
  });

  it('begins with what it answers, and reads the tables of Application Insights', () => {
    expect(query).toMatch(/^\/\/ \S/);
    expect(TABLES.some((table) => new RegExp(`\\b${table}\\b`).test(query))).toBe(true);
    // Balanced, or the query service refuses it.
    for (const [open, close] of ['()', '[]'])
      expect(query.split(open ?? '').length).toBe(query.split(close ?? '').length);
  });

  it('is explained in docs/telemetry.md', () => {
    expect(page).toContain(`(../infra/queries/${file})`);
  });
});

it('the page names every metric, attribute and event', () => {
  const names = [...Object.values(metricNames), ...Object.values(attributes), ...Object.values(events)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

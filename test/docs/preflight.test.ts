import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { preflightRules } from '../../src/deployment/plan/preflight-rules.ts';

const page = readFileSync(new URL('../../docs/preflight.md', import.meta.url), 'utf8');

const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.split('\n')[0], text.replace(/\s+/g, ' ')]),
);

it('every rule has its section, and every section its rule', () => {
  expect([...sections.keys()]).toEqual(Object.keys(preflightRules));
});

it.each(Object.entries(preflightRules))(
  '%s: how grave it is, an example and what to do',
  (rule, { severity, remedy }) => {
    const text = sections.get(rule) ?? '';
    expect(text).toContain(`${rule} ${severity === 'error' ? 'Error' : 'Warning'}. *`);
    expect(text).toContain(remedy);
  },
);

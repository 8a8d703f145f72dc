import { roleActions } from '../../src/preflight/role-actions.ts';
import type { AskedOn } from './record-actions.ts';

const BEGIN = '<!-- actions: written by npm run role -->';
const END = '<!-- end of the actions -->';

/**
 * The table of a role's actions: where each has to be held, and what for.
 *
 * @throws Error for an action that src/preflight/role-actions.ts does not explain, or one there that no request took.
 */
export const permissionsTable = (asked: ReadonlyMap<string, AskedOn>): string => {
  const explained = new Set(roleActions().map(({ action }) => action));
  const unexplained = [...asked.keys()].filter((action) => !explained.has(action));
  if (unexplained.length > 0) {
    throw new Error(`Say in src/preflight/role-actions.ts what for: ${unexplained.join(', ')}.`);
  }
  const unused = [...explained].filter((action) => !asked.has(action));
  if (unused.length > 0) {
    throw new Error(
      `No request took ${unused.join(', ')}: remove it from src/preflight/role-actions.ts, or add a scenario to bench/role/scenarios.ts.`,
    );
  }
  const rows = roleActions().map(
    ({ action, usedBy, why }) => `| \`${action}\` | ${asked.get(action)} | ${usedBy} | ${why} |`,
  );
  return ['| action | at the | for | |', '| --- | --- | --- | --- |', ...rows].join('\n');
};

/** A page with its table written anew. @throws Error when the page has no place for it. */
export const withTable = (page: string, table: string): string => {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The page has no ${BEGIN} … ${END}.`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
};

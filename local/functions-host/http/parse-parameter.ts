import { parseConstraint } from './route-constraints.ts';
import type { Parameter } from './route-part.ts';

/**
 * Reads what stands between the braces of a route parameter: `*rest`, `id:int?`, `page=1`. Imitates ASP.NET Core `InlineRouteParameterParser`.
 *
 * @throws when it is malformed or names a constraint that there is not.
 */
export const parseParameter = (text: string): Parameter => {
  const malformed = () => new Error(`The route parameter '{${text}}' is malformed.`);
  const [, stars = '', name = ''] = /^(\*{0,2})([^:=?*/{}]+)/.exec(text) ?? [];
  if (name === '') throw malformed();
  const constraints: string[] = [];
  let at = stars.length + name.length;
  while (text[at] === ':') {
    const end = endOfConstraint(text, at + 1);
    if (end === at + 1) throw malformed();
    constraints.push(text.slice(at + 1, end));
    at = end;
  }
  const rest = text.slice(at);
  if (rest !== '' && rest !== '?' && !rest.startsWith('=')) throw malformed();
  return {
    kind: 'parameter',
    name,
    constraints: constraints.map(parseConstraint),
    optional: rest === '?',
    catchAll: stars !== '',
    defaultValue: rest.startsWith('=') ? rest.slice(1) : undefined,
  };
};

const ENDS = [':', '=', '?', undefined];

/** A constraint ends at `:`, `=` or `?`; one with arguments at the first `)` in front of one of them. */
const endOfConstraint = (text: string, from: number): number => {
  let at = from;
  while (text[at] !== '(' && !ENDS.includes(text[at])) at++;
  if (text[at] !== '(') return at;
  for (let close = text.indexOf(')', at); close >= 0; close = text.indexOf(')', close + 1)) {
    if (ENDS.includes(text[close + 1])) return close + 1;
  }
  return from;
};

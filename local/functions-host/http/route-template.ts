import { parseConstraint } from './route-constraints.ts';

interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly constraints: readonly ((value: string) => boolean)[];
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly defaultValue: string | undefined;
}
type Part = Parameter | { readonly kind: 'literal'; readonly text: string };

/** Of a request path: the values of the template's parameters; those of optional ones that were not given are missing. */
export type RouteValues = Readonly<Record<string, string>>;

/** Matches a path without its leading slash. */
export type RouteMatcher = (path: string) => RouteValues | undefined;

/**
 * Compiles a route template: literals without regard to case, `{p}`, `{p:constraint}`, `{p?}`, `{p=default}`, `{*rest}`, several parts in one
 * segment. Imitates ASP.NET Core `TemplateParser` and `TemplateMatcher` (classic routing, which azure-webjobs-sdk-extensions uses).
 *
 * @throws when the template is malformed.
 */
export const compileRoute = (template: string): RouteMatcher => {
  const segments = splitSegments(template).map(parseSegment);
  segments.forEach((parts, index) => {
    if (parts.some((part) => part.kind === 'parameter' && part.catchAll) && index < segments.length - 1) {
      throw new Error(`A catch-all parameter can only appear as the last segment of the route template '${template}'.`);
    }
  });
  return (path) => {
    const given = path.replace(/\/$/, '') === '' ? [] : path.replace(/\/$/, '').split('/').map(decodeSegment);
    const values: Record<string, string> = {};
    for (const [index, parts] of segments.entries()) {
      const [first] = parts;
      if (first?.kind === 'parameter' && first.catchAll) {
        const rest = given.slice(index).join('/');
        if (!assign(values, first, rest === '' ? first.defaultValue : rest)) return undefined;
        return values;
      }
      const value = given[index];
      if (value === undefined || value === '') {
        if (value === '' || parts.length > 1 || first?.kind !== 'parameter') return undefined;
        if (first.defaultValue === undefined && !first.optional) return undefined;
        if (!assign(values, first, first.defaultValue)) return undefined;
      } else if (!matchSegment(parts, value, values)) return undefined;
    }
    return given.length > segments.length ? undefined : values;
  };
};

const assign = (values: Record<string, string>, parameter: Parameter, value: string | undefined): boolean => {
  if (value === undefined) return true;
  if (!parameter.constraints.every((accepts) => accepts(value))) return false;
  values[parameter.name] = value;
  return true;
};

const matchSegment = (parts: readonly Part[], value: string, values: Record<string, string>): boolean => {
  const match = segmentPattern(parts).exec(value);
  if (!match) return false;
  const parameters = parts.filter((part) => part.kind === 'parameter');
  return parameters.every((parameter, index) => assign(values, parameter, match[index + 1]));
};

/** Earlier parameters take as much as they can, since ASP.NET Core matches a segment of several parts from its end. */
const segmentPattern = (parts: readonly Part[]): RegExp => {
  const last = parts.at(-1);
  const separator = parts.at(-2);
  const optionalEnd = last?.kind === 'parameter' && last.optional && separator?.kind === 'literal';
  const source = (part: Part): string => (part.kind === 'literal' ? escapeRegExp(part.text) : '(.+)');
  if (!optionalEnd) return new RegExp(`^${parts.map(source).join('')}$`, 'is');
  const head = parts.slice(0, -2).map((part) => (part.kind === 'literal' ? source(part) : '(.+?)'));
  return new RegExp(`^${head.join('')}(?:${source(separator)}([^.]+))?$`, 'is');
};

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The server decodes all but the slash, so that a value cannot add segments. */
const decodeSegment = (segment: string): string => {
  try {
    return segment
      .split(/(%2f)/i)
      .map((part, index) => (index % 2 ? part : decodeURIComponent(part)))
      .join('');
  } catch {
    return segment;
  }
};

/** Splits at slashes that are not inside braces (a regex constraint may hold some). */
const splitSegments = (template: string): string[] => {
  const segments: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of template.replaceAll(/^~?\/+|\/+$/g, '')) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === '/' && depth === 0) {
      segments.push(current);
      current = '';
    } else current += character;
  }
  if (depth !== 0) throw new Error(`The route template '${template}' has an unmatched brace.`);
  return template === '' ? [] : [...segments, current];
};

/** Parts of one segment; `{{` and `}}` stand for a brace. */
const parseSegment = (segment: string): readonly Part[] => {
  if (segment === '') throw new Error('A route template cannot have an empty segment.');
  const parts: Part[] = [];
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'literal', text });
    text = '';
  };
  for (let index = 0; index < segment.length; index++) {
    const pair = segment.slice(index, index + 2);
    if (pair === '{{' || pair === '}}') {
      text += segment[index];
      index++;
    } else if (segment[index] === '{') {
      const end = endOfParameter(segment, index);
      flush();
      parts.push(
        parseParameter(
          segment
            .slice(index + 1, end)
            .replaceAll('{{', '{')
            .replaceAll('}}', '}'),
        ),
      );
      index = end;
    } else text += segment[index];
  }
  flush();
  return parts;
};

const endOfParameter = (segment: string, start: number): number => {
  for (let index = start + 1; index < segment.length; index++) {
    if (segment[index] !== '}') continue;
    if (segment[index + 1] !== '}') return index;
    index++;
  }
  throw new Error(`The route segment '${segment}' has an unmatched brace.`);
};

const parseParameter = (text: string): Parameter => {
  const match = /^(\*{0,2})([^:=?*/{}]+)((?::(?:[^:(=?]+(?:\((?:.*?)\)(?=[:=?]|$))?))*)(\?|=(.*))?$/s.exec(text);
  const name = match?.[2];
  if (!match || name === undefined) throw new Error(`The route parameter '{${text}}' is malformed.`);
  const constraints = [...(match[3] ?? '').matchAll(/:([^:(]+(?:\(.*?\)(?=:|$))?)/gs)].map((found) =>
    parseConstraint(found[1] ?? ''),
  );
  return {
    kind: 'parameter',
    name,
    constraints,
    optional: match[4] === '?',
    catchAll: match[1] !== '',
    defaultValue: match[5],
  };
};

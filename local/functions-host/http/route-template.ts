import { trimSlashes } from '../trim-slashes.ts';
import { matchSegment } from './match-segment.ts';
import { parseParameter } from './parse-parameter.ts';
import type { Parameter, Part } from './route-part.ts';

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
    // `//`: the path of no route (ASP.NET Core `TemplateMatcher`), not even of a catch-all.
    if (given.includes('')) return undefined;
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
      } else if (!matchSegment(parts, value)?.every(([parameter, text]) => assign(values, parameter, text))) {
        return undefined;
      }
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
  for (const character of trimSlashes(template.startsWith('~/') ? template.slice(1) : template)) {
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
  if (parts.some(({ kind }, index) => kind === 'parameter' && parts[index + 1]?.kind === 'parameter')) {
    throw new Error(`The route segment '${segment}' has two parameters with nothing between them.`);
  }
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

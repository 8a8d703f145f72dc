import type { Parameter, Part } from './route-part.ts';

/** The text of a segment that a parameter got. */
export type Assignment = readonly [parameter: Parameter, value: string];

/**
 * Matches a segment of several parts from its end: every literal is taken where it stands last, what is between two literals belongs to the parameter there.
 * Nothing is tried twice. Imitates ASP.NET Core `RoutePatternMatcher.MatchComplexSegment`.
 *
 * @returns undefined when the segment does not match.
 */
export const matchSegment = (parts: readonly Part[], value: string): readonly Assignment[] | undefined => {
  const whole = matchFromEnd(parts, value);
  const last = parts.at(-1);
  const separator = parts.at(-2);
  // The separator in front of an optional parameter can only be a dot.
  if (whole || last?.kind !== 'parameter' || !last.optional || separator?.kind !== 'literal') return whole;
  return value.endsWith(separator.text) ? undefined : matchFromEnd(parts.slice(0, -2), value);
};

const matchFromEnd = (parts: readonly Part[], value: string): readonly Assignment[] | undefined => {
  const lower = lowerCase(value);
  const assigned: Assignment[] = [];
  let end = value.length;
  let pending: Parameter | undefined;
  for (const [index, part] of [...parts.entries()].reverse()) {
    if (part.kind === 'parameter') {
      pending = part;
      continue;
    }
    // A parameter behind the literal needs one character at least.
    const before = end - (pending ? 1 : 0);
    const found = lower.lastIndexOf(lowerCase(part.text), before - part.text.length);
    const after = found + part.text.length;
    if (before < part.text.length || found < 0 || (index === parts.length - 1 && after !== end)) return undefined;
    if (pending) assigned.push([pending, value.slice(after, end)]);
    else if (after !== end) return undefined;
    pending = undefined;
    end = found;
  }
  if (pending) return end === 0 ? undefined : [...assigned, [pending, value.slice(0, end)] as const].reverse();
  return end === 0 ? assigned.reverse() : undefined;
};

/** Of ASCII: other letters may change their length. */
const lowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

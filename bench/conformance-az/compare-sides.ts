import type { CanonicalSide } from './canonical-side.ts';
import type { Json } from './stored-side.ts';

/** A property that the two ways left different. Values are JSON text; {@link ABSENT} where there is none. */
export interface Difference {
  readonly resource: string;
  /** E.g. `properties.accessPolicies[1]`; {@link WHOLE} for a resource that only one of them made. */
  readonly property: string;
  readonly tutorial: string;
  readonly post: string;
}

/** What two sides have and have not in common. */
export interface Comparison {
  readonly resources: number;
  /** How many values were equal. */
  readonly equal: number;
  readonly differences: readonly Difference[];
}

export const ABSENT = '—';
export const WHOLE = '(the resource)';

/** Compares resource by resource and property by property; nothing is left out. */
export const compareSides = (tutorial: CanonicalSide, post: CanonicalSide): Comparison => {
  const differences: Difference[] = [];
  let equal = 0;

  const compare = (resource: string, property: string, a: Json | undefined, b: Json | undefined): void => {
    const keys = partsOf(a, b);
    if (keys) {
      for (const key of keys) compare(resource, `${property}${key.text}`, key.of(a), key.of(b));
    } else if (JSON.stringify(a) === JSON.stringify(b)) equal++;
    else differences.push({ resource, property: property.replace(/^\./, ''), tutorial: shown(a), post: shown(b) });
  };

  const resources = [...new Set([...tutorial.keys(), ...post.keys()])].toSorted();
  for (const resource of resources) {
    const [a, b] = [tutorial.get(resource), post.get(resource)];
    if (a !== undefined && b !== undefined) compare(resource, '', a, b);
    else {
      const present = (value: Json | undefined): string => (value === undefined ? ABSENT : 'present');
      differences.push({ resource, property: WHOLE, tutorial: present(a), post: present(b) });
    }
  }
  return { resources: resources.length, equal, differences };
};

interface Part {
  readonly text: string;
  of(value: Json | undefined): Json | undefined;
}

/** The parts of two objects or of two lists; undefined when the values are to be compared as they are. */
const partsOf = (a: Json | undefined, b: Json | undefined): Part[] | undefined => {
  if (Array.isArray(a) && Array.isArray(b)) {
    const indexes = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index);
    if (indexes.length === 0) return undefined;
    return indexes.map((index) => ({
      text: `[${index}]`,
      of: (value) => (Array.isArray(value) ? value[index] : undefined),
    }));
  }
  if (!isObject(a) || !isObject(b)) return undefined;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  if (names.length === 0) return undefined;
  return names.map((name) => ({ text: `.${name}`, of: (value) => (isObject(value) ? value[name] : undefined) }));
};

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: Json | undefined): string => (value === undefined ? ABSENT : JSON.stringify(value));

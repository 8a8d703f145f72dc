import type { FieldError } from './field-error.ts';

/** What the service's settings ask of every deployment's tags. */
export interface TagPolicy {
  /** Put on every resource, unless the request gives the same name. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Names that a deployment must have, after the defaults. */
  readonly required: readonly string[];
}

/** Azure takes fifty; the rest is the service's own and what policies add. */
export const MAX_TAGS = 45;

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A request's tags on top of the service's own, and what they still lack. Azure compares tag names without regard to case. */
export const applyTagPolicy = (
  asked: Readonly<Record<string, string>>,
  { defaults, required }: TagPolicy,
): { readonly tags: Record<string, string>; readonly errors: readonly FieldError[] } => {
  const names = Object.keys(asked);
  const added = Object.entries(defaults).filter(([name]) => !names.some((other) => isSame(other, name)));
  const tags = { ...Object.fromEntries(added), ...asked };
  const missing = required.filter(
    (name) => !Object.entries(tags).some(([other, value]) => isSame(other, name) && value),
  );
  const errors = missing.map((name) => ({
    field: `tags.${name}`,
    message: 'must be given, and not empty: the service requires it of every deployment',
  }));
  if (Object.keys(tags).length <= MAX_TAGS) return { tags, errors };
  const message = `must be at most ${MAX_TAGS}, with the ${added.length} that the service adds`;
  return { tags, errors: [...errors, { field: 'tags', message }] };
};

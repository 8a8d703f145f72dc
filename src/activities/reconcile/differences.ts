import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import { OWNER_TAG, REQUESTER_TAG } from '../../deployment/names/owner-tag.ts';
import { tagValue } from '../../deployment/names/tag-value.ts';
import type { Difference } from '../../deployment/plan/inspection.ts';

/** Tags as they travel through durable history: pairs. */
export type Tags = readonly (readonly [string, string])[];

type Value = string | number | boolean | undefined;

/** The properties whose pair of values, existing and desired, differs. */
export const differing = (
  pairs: Readonly<Record<string, readonly [existing: Value, desired: Value]>>,
): readonly Difference[] =>
  Object.entries(pairs).flatMap(([property, [existing, desired]]) =>
    existing === desired ? [] : [{ property, from: textOf(existing), to: textOf(desired) }],
  );

/** The properties of a resource that are not as desired. */
export const desiredDifferences = (
  existing: object,
  desired: Readonly<Record<string, unknown>>,
): readonly Difference[] => {
  const present = new Map<string, unknown>(Object.entries(existing));
  return Object.entries(desired).flatMap(([property, value]) => {
    const from = present.get(property);
    return from === value ? [] : [{ property, from: String(from ?? 'not set'), to: String(value) }];
  });
};

const textOf = (value: Value): string => (value === undefined ? 'not set' : String(value));

/** The desired tags that are missing or have another value, as `tags.<name>`. Tags that others added do not count. */
export const tagDifferences = (
  existing: Readonly<Record<string, string>> | undefined,
  desired: Tags,
): readonly Difference[] =>
  differing(Object.fromEntries(desired.map(([name, value]) => [`tags.${name}`, [tagValue(existing, name), value]])));

/** The desired tags on top of those that exist: what others added stays. */
export const mergeTags = (
  existing: Readonly<Record<string, string>> | undefined,
  desired: Tags,
): Record<string, string> => {
  const replaced = new Set(desired.map(([name]) => name.toLowerCase()));
  const kept = Object.entries(existing ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...desired]);
};

/** What the tags of a new resource are made of. */
interface Tagged {
  readonly tags: Tags;
  readonly deploymentId: string;
  readonly requestedBy?: string | undefined;
}

/** The tags of what a deployment creates: the request's, and those that say whose it is. */
export const newTags = ({ tags, deploymentId, requestedBy }: Tagged) => ({
  ...Object.fromEntries(tags),
  [OWNER_TAG]: deploymentId,
  ...(requestedBy !== undefined && { [REQUESTER_TAG]: requestedBy }),
});

/** Properties that cannot be changed, each with what exists and what is wanted. */
export type ImmutablePairs = Readonly<Record<string, readonly [existing: string | undefined, desired: string]>>;

/** The properties that differ and cannot be changed. `East US` and `eastus` are the same place. */
export const immutableDifferences = (pairs: ImmutablePairs): readonly Difference[] =>
  Object.entries(pairs).flatMap(([property, [existing, desired]]) =>
    normalized(existing) === normalized(desired) ? [] : [{ property, from: textOf(existing), to: desired }],
  );

/** The message of such a difference. */
export const immutableMessage = (resourceId: string, { property, from, to }: Difference): string =>
  `${property} of ${resourceId} is ${from} and cannot be changed to ${to}.`;

/**
 * Refuses what a resource cannot be changed to.
 *
 * @throws AzureOperationError that names the property, what exists and what was asked for.
 */
export const requireEqual = (resourceId: string, pairs: ImmutablePairs): void => {
  const [first] = immutableDifferences(pairs);
  if (!first) return;
  throw new AzureOperationError({ code: 'ImmutableDifference', message: immutableMessage(resourceId, first) });
};

const normalized = (text: string | undefined): string | undefined => text?.toLowerCase().replaceAll(' ', '');

/** A list as one text, to be compared whatever its order; undefined for an empty one. */
export const listText = (list: readonly string[] | undefined): string | undefined =>
  list === undefined || list.length === 0 ? undefined : list.toSorted().join(', ');

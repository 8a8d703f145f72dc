import { AzureOperationError } from '../azure/azure-failure.ts';
import { OWNER_TAG } from '../deployment/owner-tag.ts';

/** Tags as they travel through durable history: pairs. */
export type Tags = readonly (readonly [string, string])[];

/** The names of the properties whose pair of values, existing and desired, differs. */
export const differing = (pairs: Readonly<Record<string, readonly [existing: unknown, desired: unknown]>>): string[] =>
  Object.entries(pairs).flatMap(([name, [existing, desired]]) => (existing === desired ? [] : [name]));

/** The desired tags that are missing or have another value, as `tags.<name>`. Tags that others added do not count. */
export const tagDifferences = (existing: Readonly<Record<string, string>> | undefined, desired: Tags): string[] =>
  desired.flatMap(([name, value]) => (tagValue(existing, name) === value ? [] : [`tags.${name}`]));

/** Azure does not tell tag names apart by case. */
const tagValue = (tags: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  Object.entries(tags ?? {}).find(([existing]) => existing.toLowerCase() === name.toLowerCase())?.[1];

/** The desired tags on top of those that exist: what others added stays. */
export const mergeTags = (
  existing: Readonly<Record<string, string>> | undefined,
  desired: Tags,
): Record<string, string> => {
  const replaced = new Set(desired.map(([name]) => name.toLowerCase()));
  const kept = Object.entries(existing ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...desired]);
};

/** The tags of what a deployment creates: the request's, and the one that says whose it is. */
export const newTags = ({ tags, deploymentId }: { readonly tags: Tags; readonly deploymentId: string }) => ({
  ...Object.fromEntries(tags),
  [OWNER_TAG]: deploymentId,
});

/** Properties that cannot be changed, each with what exists and what is wanted. */
export type ImmutablePairs = Readonly<Record<string, readonly [existing: string | undefined, desired: string]>>;

/**
 * Refuses what a resource cannot be changed to.
 *
 * @throws AzureOperationError that names the property, what exists and what was asked for.
 */
export const requireEqual = (resourceId: string, pairs: ImmutablePairs): void => {
  for (const [name, [existing, desired]] of Object.entries(pairs)) {
    if (normalized(existing) === normalized(desired)) continue;
    throw new AzureOperationError({
      code: 'ImmutableDifference',
      message: `${name} of ${resourceId} is ${existing ?? 'not set'} and cannot be changed to ${desired}.`,
    });
  }
};

/** `East US` and `eastus` are the same place. */
const normalized = (text: string | undefined): string | undefined => text?.toLowerCase().replaceAll(' ', '');

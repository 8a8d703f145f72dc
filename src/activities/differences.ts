import { AzureOperationError } from '../azure/azure-failure.ts';

/** Tags as they travel through durable history: pairs. */
export type Tags = readonly (readonly [string, string])[];

/** The names of the properties whose pair of values, existing and desired, differs. */
export const differing = (pairs: Readonly<Record<string, readonly [existing: unknown, desired: unknown]>>): string[] =>
  Object.entries(pairs).flatMap(([name, [existing, desired]]) => (existing === desired ? [] : [name]));

/** The desired tags that are missing or have another value, as `tags.<name>`. Tags that others added do not count. */
export const tagDifferences = (existing: Readonly<Record<string, string>> | undefined, desired: Tags): string[] =>
  desired.flatMap(([name, value]) => (existing?.[name] === value ? [] : [`tags.${name}`]));

/** The desired tags on top of those that exist: what others added stays. */
export const mergeTags = (
  existing: Readonly<Record<string, string>> | undefined,
  desired: Tags,
): Record<string, string> => ({ ...existing, ...Object.fromEntries(desired) });

/** Tags for a create: left out when there are none, as `az` does. */
export const newTags = (tags: Tags): { readonly tags?: Record<string, string> } =>
  tags.length > 0 ? { tags: Object.fromEntries(tags) } : {};

/** Properties that cannot be changed, each with what exists and what is wanted. */
export type ImmutablePairs = Readonly<Record<string, readonly [existing: string | undefined, desired: string]>>;

/**
 * Refuses what a resource cannot be changed to.
 *
 * @throws AzureOperationError that names the property, what exists and what was asked for.
 */
export const requireEqual = (resourceId: string, pairs: ImmutablePairs): void => {
  for (const [name, [existing, desired]] of Object.entries(pairs)) {
    if (existing?.toLowerCase() === desired.toLowerCase()) continue;
    throw new AzureOperationError({
      code: 'ImmutableDifference',
      message: `${name} of ${resourceId} is ${existing ?? 'not set'} and cannot be changed to ${desired}.`,
    });
  }
};

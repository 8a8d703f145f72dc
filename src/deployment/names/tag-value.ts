/** Tags of a resource, as Azure answers them. */
export type TagsOfResource = Readonly<Record<string, string>>;

/**
 * The value of a tag. Azure compares tag names without regard to case, and values with it.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
 */
export const tagValue = (tags: TagsOfResource | undefined, name: string): string | undefined =>
  Object.entries(tags ?? {}).find(([existing]) => existing.toLowerCase() === name.toLowerCase())?.[1];

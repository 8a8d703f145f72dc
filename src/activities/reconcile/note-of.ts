import type { ManagedResource, Tagged } from './managed-resource.ts';

/** The note on a resource as a member of what is reported; empty where there is nothing to say. */
export const noteOf = <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  found: R,
  changing: readonly string[],
): { readonly note?: string } => {
  const note = resource.note?.(found, changing);
  return note === undefined ? {} : { note };
};

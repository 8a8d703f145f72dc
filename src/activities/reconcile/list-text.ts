/** A list as one text, to be compared whatever its order; undefined for an empty one. */
export const listText = (list: readonly string[] | undefined): string | undefined =>
  list === undefined || list.length === 0 ? undefined : list.toSorted().join(', ');

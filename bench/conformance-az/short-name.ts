/** An id without subscription and group: `vaults/x/secrets/y`; a group's own is `resourceGroups/x`. */
export const shortName = (id: string): string =>
  id
    .replace(/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\//i, '')
    .replace(/^\/subscriptions\/[^/]+\/(?=resourcegroups\/[^/]+$)/i, '');

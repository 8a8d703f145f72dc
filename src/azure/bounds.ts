/**
 * The most that is taken of what Azure and the other hosts send. Whatever is larger is refused by a permanent error with the request's id
 * ({@link beyondBound}); docs/limits.md lists these limits.
 */

/** Bytes of one answer, after decompression. The largest answers that Azure gives have 15 MB: https://learn.microsoft.com/azure/governance/management-groups/troubleshoot/general */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** The same for registries, issuers' keys and token endpoints, whose answers have some KB. */
export const MAX_SMALL_ANSWER_BYTES = 1024 * 1024;

/** The same for a cluster's API server: the nodes are read in one list, and each of at most 1,000 has up to 30 KB. */
export const MAX_CLUSTER_ANSWER_BYTES = 32 * 1024 * 1024;

/** Levels of JSON: as many as the parser of .NET takes, which Azure's own services use (System.Text.Json, JsonReaderOptions.MaxDepth). */
export const MAX_JSON_DEPTH = 64;

/** Pages of one list, and what they hold together. A subscription has 980 resource groups and a group 800 resources of each type: a page has up to 1,000. */
export const MAX_PAGES = 500;
export const MAX_LIST_ITEMS = 100_000;

/** How long one list may take altogether, in ms. */
export const MAX_LIST_MS = 10 * 60_000;

import type { JournalEntry } from '../../local/azure-simulator/azure-simulator.ts';

/** How many requests of each verb, by the service that they went to. */
export type RequestCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The services of the public cloud by their hosts (learn.microsoft.com, Azure CLI, `az cloud show`). */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^management\.azure\.com$/, 'Resource Manager'],
  [/\.vault\.azure\.net$/, 'vault'],
  [/\.blob\.core\.windows\.net$/, 'blobs'],
  [/\.azmk8s\.io$/, 'cluster'],
  [/^login\.microsoftonline\.com$/, 'Entra: tokens'],
  [/^graph\.microsoft\.com$/, 'Entra: directory'],
];

/** Counts a journal. A host that is none of the known services counts under its own name. */
export const countRequests = (journal: readonly JournalEntry[]): RequestCounts => {
  const counts: Record<string, Record<string, number>> = {};
  for (const { method, url } of journal) {
    const host = new URL(url).hostname;
    const service = SERVICES.find(([pattern]) => pattern.test(host))?.[1] ?? host;
    counts[service] ??= {};
    const verbs = counts[service];
    verbs[method] = (verbs[method] ?? 0) + 1;
  }
  return counts;
};

/** All services taken together. */
export const countByVerb = (counts: RequestCounts): Readonly<Record<string, number>> => {
  const total: Record<string, number> = {};
  for (const verbs of Object.values(counts))
    for (const [verb, count] of Object.entries(verbs)) total[verb] = (total[verb] ?? 0) + count;
  return total;
};

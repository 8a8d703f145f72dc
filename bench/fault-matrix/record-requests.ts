import type { JournalEntry } from '../../local/azure-simulator/azure-simulator.ts';
import type { World } from '../../local/world/world.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { requestTemplate } from './request-template.ts';
import { drain, runBounded } from './run-bounded.ts';

/** Carries out one deployment that nothing disturbs. @returns its distinct requests, in the order of their arrival. */
export const recordRequests = async (world: World): Promise<readonly RecordedRequest[]> => {
  world.azure.reset();
  const host = await world.startHost();
  const { document } = await runBounded(world);
  if (document?.status !== 'Succeeded') throw new Error(`The undisturbed deployment ended as ${document?.status}.`);
  const operations = new Map(
    world.azure.simulator.operations().map(({ id, resourceId }) => [id.toLowerCase(), resourceId]),
  );
  const requests = distinctRequests(world.azure.simulator.requests(), (id) => operations.get(id.toLowerCase()));
  await host.close();
  await drain(world);
  return requests;
};

/**
 * The distinct requests of a journal: by method, path template and occurrence. Of more than three of one kind the first two and the last stand for
 * all: the read before the write, the first one after it, and the one that finds the end.
 *
 * @param resourceOf - the resource of an operation's id.
 */
export const distinctRequests = (
  journal: readonly JournalEntry[],
  resourceOf: (operationId: string) => string | undefined,
): readonly RecordedRequest[] => {
  const entries = journal.toSorted((a, b) => a.at - b.at).map((entry) => ({ entry, url: new URL(entry.url) }));
  const created = entries.filter(({ entry, url }) => entry.method === 'PUT' && isDeletable(url.pathname));
  const clusterPath = created.find(({ url }) => /\/managedClusters\/[^/]+$/i.test(url.pathname))?.url.pathname ?? '';
  const totals = new Map<string, number>();
  const requests = entries.map(({ entry, url }) => {
    const template = requestTemplate(entry.method, url);
    const kind = `${entry.method} ${template.pattern}`.toLowerCase();
    const nth = (totals.get(kind) ?? 0) + 1;
    totals.set(kind, nth);
    const about = subjectOf(url, resourceOf, clusterPath);
    const maker = nearest(about, created);
    const writtenBefore = entries.some(
      (other) =>
        other.entry.method === 'PUT' && samePath(other.url.pathname, url.pathname) && other.entry.at < entry.at,
    );
    const isOperation = /\/(operationresults|operationstatuses|operations|asyncoperations)\//i.test(url.pathname);
    const exists = maker && maker.entry.at + (maker.entry === entry ? 0 : maker.entry.durationMs) <= entry.at;
    return {
      kind,
      request: {
        label: template.label,
        method: entry.method,
        pattern: template.pattern,
        nth,
        type: template.type,
        isPoll: entry.method === 'GET' && (isOperation || writtenBefore),
        isLongRunning: LONG_RUNNING.has(`${entry.method} ${template.type}`),
        ...(exists && {
          deletable: { path: maker.url.pathname, apiVersion: maker.url.searchParams.get('api-version') ?? '' },
        }),
      },
    };
  });
  return requests.flatMap(({ kind, request }) => {
    const total = totals.get(kind) ?? 1;
    if (total > 3 && request.nth > 2 && request.nth < total) return [];
    return [{ ...request, label: total > 1 ? `${request.label} #${request.nth}` : request.label }];
  });
};

const LONG_RUNNING = new Set([
  'PUT keyvault/vaults',
  'PUT containerregistry/registries',
  'PUT storage/storageaccounts',
  'PUT containerservice/managedclusters',
  'POST containerregistry/registries/importimage',
]);

/** Secrets and access policies cannot be deleted through Resource Manager: the vault is then what somebody deletes. */
const isDeletable = (path: string): boolean => !/\/(secrets|accessPolicies)\//i.test(path);

/** The path of the resource that a request is about. */
const subjectOf = (url: URL, resourceOf: (operationId: string) => string | undefined, clusterPath: string): string => {
  if (/\.azmk8s\.io$/.test(url.hostname)) return clusterPath;
  const operation = /[0-9a-f-]{36}$/i.exec(url.pathname)?.[0];
  return (operation === undefined ? undefined : resourceOf(operation)) ?? url.pathname;
};

/** The write that made the resource at a path, or the nearest one above it. */
const nearest = <T extends { readonly url: URL }>(path: string, created: readonly T[]): T | undefined =>
  created
    .filter(
      ({ url }) => samePath(path, url.pathname) || path.toLowerCase().startsWith(`${url.pathname.toLowerCase()}/`),
    )
    .toSorted((a, b) => b.url.pathname.length - a.url.pathname.length)[0];

const samePath = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

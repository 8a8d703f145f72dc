import { replaceGenerated } from './replace-generated.ts';
import { replaceNames } from './replace-names.ts';
import type { Json, StoredSide } from './stored-side.ts';

/** What one way left behind, by names that both ways have in common, e.g. `vaults/<vault>/secrets/X`; what was generated is replaced. */
export type CanonicalSide = ReadonlyMap<string, Json>;

const GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** A secret's instants are numbers: seconds since the epoch. */
const EPOCH_SECONDS = /attributes\.(created|updated)$/;

/**
 * Replaces what two runs cannot have in common, by rule, and nothing else. A GUID that the other side has too is kept; any other is named after
 * the place where it is met first, so that a reference to a principal of the same side is compared as one.
 *
 * @param other - the other side, as it was stored.
 * @throws Error when two resources get the same name.
 */
export const canonicalSide = (side: StoredSide, other: StoredSide): CanonicalSide => {
  const foreign = JSON.stringify(other).toLowerCase();
  const named = replaceNames(side);
  const guids = new Map<string, string>();

  const guidAt = (guid: string, place: string): string => {
    if (foreign.includes(guid.toLowerCase())) return guid;
    const name = guids.get(guid.toLowerCase()) ?? `<guid of ${place}>`;
    guids.set(guid.toLowerCase(), name);
    return name;
  };

  const canonical = (value: Json, resource: string, path: string): Json => {
    if (typeof value === 'string')
      return replaceGenerated(named(value).replace(GUID, (guid) => guidAt(guid, `${resource} ${path}`)));
    if (typeof value === 'number') return EPOCH_SECONDS.test(path) ? '<instant>' : value;
    if (Array.isArray(value)) return value.map((item, index) => canonical(item, resource, `${path}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.flatMap(([key, part]) =>
        part === undefined ? [] : [[key, canonical(part, resource, path === '' ? key : `${path}.${key}`)]],
      ),
    );
  };

  const result = new Map<string, Json>();
  const put = (name: string, value: Json): void => {
    if (result.has(name)) throw new Error(`Two resources are both called ${name}.`);
    result.set(name, value);
  };
  for (const resource of side.resources.toSorted((a, b) => rank(a.type) - rank(b.type))) {
    const name = named(shortName(resource.id));
    put(name, canonical(resource, name, ''));
  }
  for (const assignment of side.roleAssignments) {
    const principal = named(assignment.principalId).replace(GUID, (guid) => guidAt(guid, 'nowhere else'));
    const name = `${named(shortName(assignment.scope))}/roleAssignments/${assignment.roleId} of ${principal}`;
    put(name, canonical(assignment, name, ''));
  }
  return result;
};

/** Those first that others refer to, so that a principal's GUID gets its name where it was made. */
const FIRST = ['microsoft.managedidentity/userassignedidentities', 'microsoft.containerservice/managedclusters'];

const rank = (type: string): number => {
  const index = FIRST.indexOf(type.toLowerCase());
  return index < 0 ? FIRST.length : index;
};

/** An id without subscription and group: `vaults/x/secrets/y`; a group's own is `resourceGroups/x`. */
const shortName = (id: string): string =>
  id
    .replace(/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\//i, '')
    .replace(/^\/subscriptions\/[^/]+\/(?=resourcegroups\/[^/]+$)/i, '');

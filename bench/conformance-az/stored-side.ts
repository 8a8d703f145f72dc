import * as z from 'zod';
import type { Json } from '../../local/azure-simulator/base/json.ts';

const jsonSchema: z.ZodType<Json> = z.json();

export type { Json };

const resourceSchema = z.intersection(
  z.object({ id: z.string(), name: z.string(), type: z.string() }),
  z.record(z.string(), jsonSchema),
);

const roleAssignmentSchema = z.intersection(
  z.object({ name: z.string(), scope: z.string(), principalId: z.string(), roleId: z.string() }),
  z.record(z.string(), jsonSchema),
);

/** What the control API's `GET /_simulator/resources` answers: the simulator's store, raw. */
export const storeSchema = z.object({
  resources: z.array(resourceSchema),
  deletedVaults: z.array(jsonSchema),
  roleAssignments: z.array(roleAssignmentSchema),
});

/** @see storeSchema */
export type Store = z.output<typeof storeSchema>;

/** A resource as the simulator stores it. */
export type StoredResource = z.output<typeof resourceSchema>;

/** One of the two ways to the infrastructure: where it makes it, and as whom. */
export interface Way {
  readonly resourceGroup: string;
  readonly caller: { readonly objectId: string; readonly clientId: string };
}

/** What one of the two ways left behind. */
export interface StoredSide extends Way {
  readonly resources: readonly StoredResource[];
  readonly roleAssignments: Store['roleAssignments'];
}

/**
 * Parts a store into what belongs to one resource group, to the other, and what was there before.
 *
 * @throws Error naming what belongs to none of them: nothing may be left out of the comparison in silence.
 */
export const partStore = (store: Store, before: Store, ways: readonly Way[]): StoredSide[] => {
  const sides = ways.map((way): StoredSide => {
    const isOwn = (id: string): boolean => groupsOf(way.resourceGroup).some((group) => group.test(id));
    return {
      ...way,
      resources: store.resources.filter(({ id }) => isOwn(id)),
      roleAssignments: store.roleAssignments.filter(({ scope }) => isOwn(scope)),
    };
  });
  const known = new Set(
    [...sides, before].flatMap(({ resources, roleAssignments }) => [...resources, ...roleAssignments].map(idOf)),
  );
  const stray = [...store.resources, ...store.roleAssignments].map(idOf).filter((id) => !known.has(id));
  if (stray.length > 0) throw new Error(`Neither way's resource group holds these:\n${stray.join('\n')}`);
  if (store.deletedVaults.length > 0) throw new Error(`A vault was deleted: ${JSON.stringify(store.deletedVaults)}`);
  return sides;
};

/** The group itself, and the one that AKS makes for its nodes (learn.microsoft.com, AKS FAQ: `MC_<group>_<cluster>_<location>`). */
const groupsOf = (resourceGroup: string): RegExp[] => [
  new RegExp(`^/subscriptions/[^/]+/resourcegroups/${escapePattern(resourceGroup)}(/|$)`, 'i'),
  new RegExp(`^/subscriptions/[^/]+/resourcegroups/MC_${escapePattern(resourceGroup)}_[^/]+(/|$)`, 'i'),
];

const idOf = (entry: { readonly name: string; readonly id?: unknown; readonly scope?: unknown }): string =>
  (typeof entry.id === 'string' ? entry.id : `${String(entry.scope)}/roleAssignments/${entry.name}`).toLowerCase();

/** A pattern's source that matches a text and nothing else. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

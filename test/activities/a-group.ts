import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { deploymentAir, OWN_TAGS } from '../support/call-activity.ts';
import { NOT_FOUND, type ScriptedAzure } from '../support/scripted-azure.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';
import { aCluster, CLUSTER } from './a-cluster.ts';

/** The resources of the deployment's group, by the names of the steps that create them, with what it takes to delete them. */
export const RESOURCES = {
  cluster: { resourceId: CLUSTER, apiVersion: '2026-06-01', usualSeconds: 240 },
  storage: {
    resourceId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`,
    apiVersion: '2026-09-01',
    usualSeconds: 5,
  },
  registry: {
    resourceId: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair`,
    apiVersion: '2025-11-01',
    usualSeconds: 15,
  },
  'key-vault': {
    resourceId: `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair`,
    apiVersion: '2026-02-01',
    usualSeconds: 5,
  },
  identity: {
    resourceId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/idair`,
    apiVersion: '2024-11-30',
    usualSeconds: 5,
  },
};

type Name = keyof typeof RESOURCES;

/** The resource of a step as an undo deletes it. */
export const owned = (name: Name) => ({ name, ...RESOURCES[name], owner: 'air' });

/** The group itself, deleted with all that is in it. */
export const OWNED_GROUP = {
  name: 'resource-group',
  resourceId: GROUP,
  apiVersion: '2021-04-01',
  usualSeconds: 420,
  owner: 'air',
};

/** What is in the resource group: tags by name; what is not named does not exist. The cluster shows the identity of its nodes. */
export interface AGroup {
  /** The group's own tags; no group when absent. */
  readonly group?: object;
  readonly resources?: { readonly [N in Name]?: object };
  /** Whatever else is in it, with its tags. */
  readonly others?: Readonly<Record<string, object>>;
  /** The tags of a vault of this name that was deleted. */
  readonly deletedVault?: object;
  /** The locks on the group and in it. */
  readonly locks?: readonly object[];
}

/** The least that the clients can read, as a registry and as a vault. */
export const A_RESOURCE = {
  location: 'canadacentral',
  sku: { name: 'Premium' },
  properties: { tenantId: 't', sku: { family: 'A', name: 'standard' } },
};

export const scriptGroup = (
  azure: ScriptedAzure,
  { group, resources = {}, others = {}, deletedVault, locks = [] }: AGroup,
): void => {
  const tagsOf = new Map<string, object>(Object.entries(resources));
  azure.on(`GET ${GROUP}`, group ? { body: { id: GROUP, location: 'canadacentral', tags: group } } : NOT_FOUND);
  const listed: object[] = Object.entries(others).map(([id, tags]) => ({ id, tags }));
  for (const [name, { resourceId }] of Object.entries(RESOURCES)) {
    const tags = tagsOf.get(name);
    const body = { ...(name === 'cluster' ? aCluster() : A_RESOURCE), id: resourceId, tags };
    azure.on(`GET ${resourceId}`, tags ? { body } : NOT_FOUND);
    if (tags) listed.push({ id: resourceId, tags });
  }
  azure.on(`GET ${GROUP}/resources`, { body: { value: listed } });
  azure.on(
    `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`,
    deletedVault
      ? { body: { properties: { vaultId: RESOURCES['key-vault'].resourceId, tags: deletedVault } } }
      : NOT_FOUND,
  );
  azure.on(`GET ${GROUP}/providers/Microsoft.Authorization/locks`, { body: { value: locks } });
};

/** A task hub that knows the deployment `air`: its runs made these. */
export const hubOf = (made: readonly string[] = [], record: object = {}): MadeUpHub =>
  new MadeUpHub(
    anInstance('d:air', 'Completed', {
      input: { schemaVersion: 1, run: 'r', deployment: deploymentAir(), made, ...record },
    }),
  );

/** All resources of a deployment, which created them. */
export const ALL_OWN = {
  cluster: OWN_TAGS,
  storage: OWN_TAGS,
  registry: OWN_TAGS,
  'key-vault': OWN_TAGS,
  identity: OWN_TAGS,
};

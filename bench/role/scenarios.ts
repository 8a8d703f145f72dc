import { SIMULATED_SUBSCRIPTION_ID, SIMULATED_TENANT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import {
  ACR_PULL_ROLE_ID,
  BLOB_DATA_CONTRIBUTOR_ROLE_ID,
  NETWORK_CONTRIBUTOR_ROLE_ID,
  SECRETS_USER_ROLE_ID,
} from '../../src/deployment/names/role-assignment-name.ts';
import type { RoleWorld } from './role-world.ts';

/** Something that the service does, with every kind of request that it takes. */
export interface RoleScenario {
  readonly name: string;
  /** The roles that the service has to be allowed to assign for it. */
  readonly assigns: readonly string[];
  /** Whether the service has to be allowed to set and remove locks for it. */
  readonly locks?: boolean;
  /** What an administrator does before, on an empty subscription. */
  prepare?(world: RoleWorld): Promise<void>;
  /** @throws Error when the service cannot do it. */
  run(world: RoleWorld): Promise<void>;
}

const SUBSCRIPTION = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
const PLATFORM = `${SUBSCRIPTION}/resourceGroups/platform`;
const REGISTRY = `${PLATFORM}/providers/Microsoft.ContainerRegistry/registries/teamregistry`;
const VAULT = `${PLATFORM}/providers/Microsoft.KeyVault/vaults/team-vault`;
const NETWORK = `${PLATFORM}/providers/Microsoft.Network/virtualNetworks/team`;
/** For the nodes, in the platform team's network. */
export const PLATFORM_SUBNET = `${NETWORK}/subnets/nodes`;

const PROVIDERS = ['ContainerRegistry', 'ContainerService', 'KeyVault', 'ManagedIdentity', 'Storage'];

const location = 'canadacentral';
const images = [{ source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' }];
const bodyOf = (id: string, more: object = {}) => ({ resourceGroupName: id, images, ...more });

/** Everything that the service does with Azure. A request that none of them makes is in no role. */
export const ROLE_SCENARIOS: readonly RoleScenario[] = [
  {
    name: 'a deployment, its plan, changes of it, its kubeconfig, and its undo with the vault purged',
    assigns: [ACR_PULL_ROLE_ID],
    prepare: (world) => world.azure.change({ unregisteredProviders: PROVIDERS.map((name) => `Microsoft.${name}`) }),
    async run(world) {
      await world.mustDeploy(bodyOf('tutorial'));
      const changed = bodyOf('tutorial', { tags: { team: 'data' }, cluster: { nodeCount: 4 } });
      await world.post(changed, '/api/plans');
      await world.mustDeploy(changed);
      await world.kubeconfig('tutorial');
      await world.mustUndo('tutorial', '&purge=true');
    },
  },
  {
    name: 'a deployment into a resource group of somebody else, undone resource by resource',
    assigns: [ACR_PULL_ROLE_ID],
    prepare: makeTheirGroup,
    async run(world) {
      await world.mustDeploy(bodyOf('theirs'));
      await world.mustUndo('theirs');
    },
  },
  {
    name: 'a deployment after an undo, which recovers the vault',
    assigns: [ACR_PULL_ROLE_ID],
    async run(world) {
      await world.mustDeploy(bodyOf('again'));
      await world.mustUndo('again');
      await world.mustDeploy(bodyOf('again'));
    },
  },
  {
    name: 'a deployment with a registry, a vault under RBAC and a subnet of somebody else',
    assigns: [ACR_PULL_ROLE_ID, SECRETS_USER_ROLE_ID, NETWORK_CONTRIBUTOR_ROLE_ID],
    prepare: makePlatform,
    async run(world) {
      const existing = { registryId: REGISTRY, keyVaultId: VAULT, subnetId: PLATFORM_SUBNET };
      await world.mustDeploy(bodyOf('guest', { existing }));
      await world.mustUndo('guest');
    },
  },
  {
    name: 'a hardened deployment, its change and its undo',
    assigns: [ACR_PULL_ROLE_ID, SECRETS_USER_ROLE_ID, BLOB_DATA_CONTRIBUTOR_ROLE_ID],
    async run(world) {
      const hardened = bodyOf('hardened', { profile: 'hardened' });
      await world.mustDeploy(hardened);
      await world.mustDeploy({ ...hardened, tags: { team: 'data' } });
      await world.mustUndo('hardened');
    },
  },
  {
    name: 'a deployment that locks what it made, and its undo',
    assigns: [ACR_PULL_ROLE_ID],
    locks: true,
    async run(world) {
      await world.mustDeploy(bodyOf('locked', { lock: 'CanNotDelete' }));
      await world.mustUndo('locked');
    },
  },
  {
    name: 'long operations that fail, each with its reason, and what follows',
    assigns: [ACR_PULL_ROLE_ID],
    async run(world) {
      await failOnce(world, 'PUT', '/registries/[^/]+\\?', '/managedClusters/[^/]+\\?', '/storageAccounts/[^/]+\\?');
      await world.deploy(bodyOf('unlucky'));
      await world.mustDeploy(bodyOf('unlucky'));
      await failOnce(world, 'DELETE', '/resourcegroups/unlucky\\?');
      await failOnce(world, 'POST', '/purge\\?');
      await world.undo('unlucky', '&purge=true');
      await world.undo('unlucky', '&purge=true');
      await world.mustUndo('unlucky', '&purge=true');
    },
  },
  {
    name: 'deletions one by one that fail, each with its reason, and what follows',
    assigns: [ACR_PULL_ROLE_ID],
    prepare: makeTheirGroup,
    async run(world) {
      await world.mustDeploy(bodyOf('theirs'));
      await failOnce(world, 'DELETE', '/registries/[^/]+\\?', '/managedClusters/[^/]+\\?');
      await world.undo('theirs');
      await world.undo('theirs');
      await world.mustUndo('theirs');
    },
  },
];

async function failOnce(world: RoleWorld, method: string, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await world.azure.fail({ method, path, action: { failOperation: { code: 'Unlucky', message: 'No luck.' } } });
  }
}

/** A resource group that the service did not make. */
export function makeTheirGroup(world: RoleWorld): Promise<void> {
  return world.azure.owner('PUT', `${SUBSCRIPTION}/resourceGroups/theirs?api-version=2021-04-01`, { location });
}

/** What a platform team keeps: a registry, a vault under RBAC, a network. */
export async function makePlatform(world: RoleWorld): Promise<void> {
  await world.azure.owner('PUT', `${PLATFORM}?api-version=2021-04-01`, { location });
  await world.azure.owner('PUT', `${REGISTRY}?api-version=2025-11-01`, { location, sku: { name: 'Standard' } });
  await world.azure.owner('PUT', `${VAULT}?api-version=2026-02-01`, {
    location,
    properties: {
      tenantId: SIMULATED_TENANT_ID,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: true,
      accessPolicies: [],
    },
  });
  await world.azure.owner('PUT', `${NETWORK}?api-version=2024-05-01`, {
    location,
    properties: {
      addressSpace: { addressPrefixes: ['10.224.0.0/16'] },
      subnets: [{ name: 'nodes', properties: { addressPrefix: '10.224.0.0/20' } }],
    },
  });
  await world.pass(120_000);
}

import { EntraPlane } from '../entra/entra-plane.ts';
import { GraphPlane } from '../graph/graph-plane.ts';
import type { Plane } from '../http/plane.ts';
import { PublicRegistries } from '../providers/container-registry/public-registries.ts';
import { RegistryDataPlane } from '../providers/container-registry/registry-data-plane.ts';
import { KubernetesApi } from '../providers/container-service/kubernetes-api.ts';
import { VaultDataPlane } from '../providers/key-vault/vault-data-plane.ts';
import { BlobPlane } from '../providers/storage/blob-plane.ts';
import { ResourceManager } from '../resource-manager/resource-manager.ts';
import type { AzureWorld } from './azure-world.ts';
import { ROUTES } from './routes.ts';

/** Every service that answers under a host of its own; the first that serves a host answers. */
export const planesOf = (world: AzureWorld): readonly Plane[] => [
  new ResourceManager(world, ROUTES),
  new VaultDataPlane(world),
  new RegistryDataPlane(world),
  new PublicRegistries(world),
  new BlobPlane(world),
  new EntraPlane(world),
  new GraphPlane(world),
  new KubernetesApi(world),
];

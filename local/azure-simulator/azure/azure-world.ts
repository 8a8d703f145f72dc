import type { EntraWorld } from '../entra/entra-world.ts';
import type { ContainerRegistryWorld } from '../providers/container-registry/container-registry-world.ts';
import type { KeyVaultWorld } from '../providers/key-vault/key-vault-world.ts';
import type { ResourceManagerWorld } from '../resource-manager/resource-manager-world.ts';

/** The world with what every service keeps in it. */
export interface AzureWorld extends EntraWorld, ResourceManagerWorld, ContainerRegistryWorld, KeyVaultWorld {}

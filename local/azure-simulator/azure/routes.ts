import type { Route } from '../arm/route.ts';
import { LOCK_ROUTES } from '../providers/authorization/lock-routes.ts';
import { PERMISSION_ROUTES } from '../providers/authorization/permissions.ts';
import { ROLE_ASSIGNMENT_ROUTES } from '../providers/authorization/role-assignments.ts';
import { ROLE_DEFINITION_ROUTES } from '../providers/authorization/role-definition-routes.ts';
import { COMPUTE_ROUTES } from '../providers/compute/compute-routes.ts';
import { IMPORT_ROUTES } from '../providers/container-registry/import-image.ts';
import { REGISTRY_ROUTES } from '../providers/container-registry/registries.ts';
import { AGENT_POOL_ROUTES } from '../providers/container-service/agent-pools.ts';
import { CREDENTIAL_ROUTES } from '../providers/container-service/credentials.ts';
import { CLUSTER_ROUTES } from '../providers/container-service/managed-clusters.ts';
import { VAULT_SECRET_ROUTES } from '../providers/key-vault/arm-secrets.ts';
import { DELETED_VAULT_ROUTES } from '../providers/key-vault/deleted-vaults.ts';
import { VAULT_ROUTES } from '../providers/key-vault/vaults.ts';
import { FEDERATED_CREDENTIAL_ROUTES } from '../providers/managed-identity/federated-credentials.ts';
import { IDENTITY_ROUTES } from '../providers/managed-identity/identities.ts';
import { NETWORK_ROUTES } from '../providers/network/virtual-networks.ts';
import { POLICY_ROUTES } from '../providers/policy-insights/check-policy-restrictions.ts';
import { GENERIC_RESOURCE_ROUTES } from '../providers/resources/generic-resources.ts';
import { PROVIDER_ROUTES } from '../providers/resources/providers.ts';
import { RESOURCE_GROUP_ROUTES } from '../providers/resources/resource-groups.ts';
import { SUBSCRIPTION_ROUTES } from '../providers/resources/subscriptions.ts';
import { TAG_ROUTES } from '../providers/resources/tag-routes.ts';
import { STORAGE_ACCOUNT_ROUTES } from '../providers/storage/accounts.ts';
import { CONTAINER_ROUTES } from '../providers/storage/containers.ts';
import type { AzureWorld } from './azure-world.ts';

/** Everything that the simulated Resource Manager serves. */
export const ROUTES: readonly Route<AzureWorld>[] = [
  ...SUBSCRIPTION_ROUTES,
  ...PROVIDER_ROUTES,
  ...RESOURCE_GROUP_ROUTES,
  ...GENERIC_RESOURCE_ROUTES,
  ...TAG_ROUTES,
  ...IDENTITY_ROUTES,
  ...FEDERATED_CREDENTIAL_ROUTES,
  ...VAULT_ROUTES,
  ...VAULT_SECRET_ROUTES,
  ...DELETED_VAULT_ROUTES,
  ...REGISTRY_ROUTES,
  ...IMPORT_ROUTES,
  ...STORAGE_ACCOUNT_ROUTES,
  ...CONTAINER_ROUTES,
  ...CLUSTER_ROUTES,
  ...AGENT_POOL_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...ROLE_ASSIGNMENT_ROUTES,
  ...ROLE_DEFINITION_ROUTES,
  ...PERMISSION_ROUTES,
  ...LOCK_ROUTES,
  ...COMPUTE_ROUTES,
  ...POLICY_ROUTES,
  ...NETWORK_ROUTES,
];

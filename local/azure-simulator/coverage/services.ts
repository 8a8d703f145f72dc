import { ENTRA_COVERAGE, TOKEN_ENDPOINT_COVERAGE } from '../entra/coverage.ts';
import { GRAPH_COVERAGE } from '../graph/coverage.ts';
import type { ServiceDeclaration } from '../http/service-declaration.ts';
import { AUTHORIZATION_COVERAGE, LOCKS_COVERAGE } from '../providers/authorization/coverage.ts';
import { COMPUTE_COVERAGE } from '../providers/compute/coverage.ts';
import {
  CONTAINER_REGISTRY_COVERAGE,
  PUBLIC_REGISTRIES_COVERAGE,
  REGISTRY_IMAGES_COVERAGE,
} from '../providers/container-registry/coverage.ts';
import { CONTAINER_SERVICE_COVERAGE, KUBERNETES_COVERAGE } from '../providers/container-service/coverage.ts';
import { KEY_VAULT_COVERAGE, VAULT_SECRETS_COVERAGE } from '../providers/key-vault/coverage.ts';
import { MANAGED_IDENTITY_COVERAGE } from '../providers/managed-identity/coverage.ts';
import { NETWORK_COVERAGE } from '../providers/network/coverage.ts';
import { POLICY_COVERAGE } from '../providers/policy-insights/coverage.ts';
import { RESOURCES_COVERAGE } from '../providers/resources/coverage.ts';
import { BLOB_COVERAGE, STORAGE_COVERAGE } from '../providers/storage/coverage.ts';
import { RESOURCE_MANAGER_COVERAGE } from '../resource-manager/coverage.ts';

/** Everything that the simulator says it covers, in the order of a deployment. */
export const SERVICES: readonly ServiceDeclaration[] = [
  RESOURCE_MANAGER_COVERAGE,
  ENTRA_COVERAGE,
  TOKEN_ENDPOINT_COVERAGE,
  GRAPH_COVERAGE,
  RESOURCES_COVERAGE,
  COMPUTE_COVERAGE,
  POLICY_COVERAGE,
  MANAGED_IDENTITY_COVERAGE,
  AUTHORIZATION_COVERAGE,
  LOCKS_COVERAGE,
  KEY_VAULT_COVERAGE,
  VAULT_SECRETS_COVERAGE,
  CONTAINER_REGISTRY_COVERAGE,
  REGISTRY_IMAGES_COVERAGE,
  PUBLIC_REGISTRIES_COVERAGE,
  STORAGE_COVERAGE,
  BLOB_COVERAGE,
  NETWORK_COVERAGE,
  CONTAINER_SERVICE_COVERAGE,
  KUBERNETES_COVERAGE,
];

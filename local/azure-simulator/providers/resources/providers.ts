import { apiVersionsOf } from '../../arm/api-versions.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Registrations } from '../../arm/registrations.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import type { JsonObject } from '../../base/json.ts';
import { regionName } from '../../base/region-name.ts';
import { json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { World } from '../../state/world.ts';

/** The world with the registrations of providers. */
export interface ProvidersWorld extends World {
  readonly registrations: Registrations;
}

type ProvidersRequest = ArmRequest<ProvidersWorld>;

const TYPE = 'Microsoft.Resources/providers';

/** The namespaces served here, spelt as Azure does, and their types. */
export const NAMESPACES: Readonly<Record<string, string[]>> = {
  'Microsoft.Authorization': ['roleAssignments', 'roleDefinitions', 'permissions'],
  'Microsoft.Compute': ['skus', 'locations/usages'],
  'Microsoft.ContainerRegistry': ['registries', 'checkNameAvailability', 'locations/operationResults'],
  'Microsoft.ContainerService': ['managedClusters', 'locations/operations'],
  'Microsoft.KeyVault': ['vaults', 'vaults/secrets', 'vaults/accessPolicies', 'deletedVaults', 'checkNameAvailability'],
  'Microsoft.ManagedIdentity': ['userAssignedIdentities', 'userAssignedIdentities/federatedIdentityCredentials'],
  'Microsoft.Network': ['virtualNetworks'],
  'Microsoft.PolicyInsights': ['checkPolicyRestrictions'],
  'Microsoft.Resources': ['resourceGroups', 'subscriptions', 'providers', 'tags'],
  'Microsoft.Storage': ['storageAccounts', 'storageAccounts/blobServices', 'checkNameAvailability'],
};

const knownNamespace = (wanted: string): string | undefined =>
  Object.keys(NAMESPACES).find((name) => name.toLowerCase() === wanted.toLowerCase());

const namespaceOf = (request: ProvidersRequest): string => {
  const wanted = request.parameter('namespace');
  const known = knownNamespace(wanted);
  if (known) return known;
  throw new HttpError(404, 'InvalidResourceNamespace', `The resource namespace '${wanted}' is invalid.`);
};

const provider = (request: ProvidersRequest, namespace: string): JsonObject => ({
  id: `${request.subscriptionPath}/providers/${namespace}`,
  namespace,
  registrationState: request.world.registrations.stateOf(request.subscriptionId, namespace),
  registrationPolicy: 'RegistrationRequired',
  resourceTypes: (NAMESPACES[namespace] ?? []).map((resourceType) => ({
    resourceType,
    locations: Object.keys(request.cloud.regions).map(regionName),
    apiVersions: apiVersionsOf(namespace, request.world.settings.values.newestApiVersions)?.toReversed() ?? [],
  })),
});

/** Resource providers and their registration in a subscription. */
export const PROVIDER_ROUTES: Route<ProvidersWorld>[] = [
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers`,
    type: TYPE,
    action: 'Microsoft.Resources/subscriptions/providers/read',
    handle: (request) => listOf(Object.keys(NAMESPACES).map((namespace) => provider(request, namespace))),
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/{namespace}`,
    type: TYPE,
    action: 'Microsoft.Resources/subscriptions/providers/read',
    handle: (request) => json(200, provider(request, namespaceOf(request))),
  },
  {
    method: 'POST',
    path: `${SUBSCRIPTION}/providers/{namespace}/register`,
    type: TYPE,
    // Every provider has an action of its own (azure-docs, role-based-access-control/permissions: Microsoft.Storage/register/action).
    action: ({ namespace = '' }) => `${knownNamespace(namespace) ?? namespace}/register/action`,
    seconds: 1,
    handle: (request) => {
      const namespace = namespaceOf(request);
      const { registrations } = request.world;
      if (registrations.stateOf(request.subscriptionId, namespace) === 'NotRegistered') {
        registrations.begin(request.subscriptionId, namespace, request.path);
      }
      return json(200, provider(request, namespace));
    },
  },
];

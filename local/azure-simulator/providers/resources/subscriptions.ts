import type { ArmRequest } from '../../arm/arm-request.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import type { JsonObject } from '../../base/json.ts';
import { regionName } from '../../base/region-name.ts';
import { json, listOf } from '../../http/answer.ts';

const TYPE = 'Microsoft.Resources/subscriptions';

const subscription = (id: string): JsonObject => ({
  id: `/subscriptions/${id}`,
  authorizationSource: 'RoleBased',
  managedByTenants: [],
  subscriptionId: id,
  tenantId: SIMULATED_TENANT_ID,
  displayName: 'Simulated subscription',
  state: 'Enabled',
  subscriptionPolicies: {
    locationPlacementId: 'Public_2014-09-01',
    quotaId: 'PayAsYouGo_2014-09-01',
    spendingLimit: 'Off',
  },
});

const regionsOf = (request: ArmRequest): JsonObject[] =>
  Object.entries(request.cloud.regions).map(([name, zones]) => ({
    id: `${request.subscriptionPath}/locations/${name}`,
    name,
    type: 'Region',
    displayName: regionName(name),
    regionalDisplayName: regionName(name),
    metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
    ...(zones.length > 0 && {
      availabilityZoneMappings: zones.map((zone) => ({ logicalZone: zone, physicalZone: `${name}-az${zone}` })),
    }),
  }));

/** Subscriptions, their regions, and the caller's tenant. */
export const SUBSCRIPTION_ROUTES: Route[] = [
  {
    method: 'GET',
    path: SUBSCRIPTION,
    type: TYPE,
    action: 'Microsoft.Resources/subscriptions/read',
    handle: (request) => json(200, subscription(request.subscriptionId.toLowerCase())),
  },
  {
    method: 'GET',
    path: '/subscriptions',
    type: TYPE,
    action: null,
    handle: (request) => listOf(request.world.settings.values.subscriptions.map(subscription)),
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/locations`,
    type: TYPE,
    action: 'Microsoft.Resources/subscriptions/locations/read',
    handle: (request) => listOf(regionsOf(request)),
  },
  {
    method: 'GET',
    path: '/tenants',
    type: TYPE,
    action: null,
    handle: () =>
      listOf([{ id: `/tenants/${SIMULATED_TENANT_ID}`, tenantId: SIMULATED_TENANT_ID, tenantCategory: 'Home' }]),
  },
];

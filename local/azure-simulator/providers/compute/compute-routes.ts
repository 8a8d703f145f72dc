import type { ArmRequest } from '../../arm/arm-request.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { normalLocation } from '../../base/clouds.ts';
import type { JsonObject } from '../../base/json.ts';
import { REGION_TOTAL, usedVcpus } from '../../capacity/vcpus.ts';
import { displayName, vmSize, vmSizeNames } from '../../capacity/vm-sizes.ts';
import { listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';

/** What a subscription may have when the settings say nothing: enough, as for the checks of a cluster. */
const ENOUGH = 1_000_000;

/**
 * A VM size as the subscription may use it in a location. Shape: azure-rest-api-specs, Compute 2021-07-01, ListAvailableResourceSkusForARegion.json;
 * of the capabilities only the vCPUs. `zones` are those that the size has at all, whatever the subscription may use of them.
 */
const sku = ({ world, cloud }: ArmRequest, location: string, name: string): JsonObject => {
  const { vcpus = 0, family = '' } = vmSize(name) ?? {};
  const zones = cloud.regions[location] ?? [];
  const { restrictedVmSizes, zones: offered } = world.settings.values;
  const restricted = restrictedVmSizes.some((other) => other.toLowerCase() === name);
  const missingZones = restricted ? zones : zones.filter((zone) => !(offered[location] ?? zones).includes(zone));
  const restriction = (type: string, info: JsonObject): JsonObject => ({
    type,
    values: [location],
    restrictionInfo: { locations: [location], ...info },
    reasonCode: 'NotAvailableForSubscription',
  });
  return {
    resourceType: 'virtualMachines',
    name: displayName(name),
    tier: 'Standard',
    size: displayName(name).replace(/^Standard_/, ''),
    family,
    locations: [location],
    locationInfo: [{ location, zones: [...zones], zoneDetails: [] }],
    capabilities: [{ name: 'vCPUs', value: String(vcpus) }],
    restrictions: [
      ...(restricted ? [restriction('Location', {})] : []),
      ...(missingZones.length > 0 ? [restriction('Zone', { zones: [...missingZones] })] : []),
    ],
  };
};

const skus = (request: ArmRequest) => {
  const wanted = /^location eq '([^']+)'$/.exec(request.query.get('$filter') ?? '')?.[1];
  const known = Object.keys(request.cloud.regions);
  const locations = wanted === undefined ? known : known.filter((name) => name === normalLocation(wanted));
  return listOf(locations.flatMap((location) => vmSizeNames().map((name) => sku(request, location, name))));
};

/**
 * Shape: azure-rest-api-specs, Compute, Usage_List.
 *
 * @throws HttpError 400 NoRegisteredProviderFound for a location that there is not (Azure/azure-sdk-for-python#21283).
 */
const usages = (request: ArmRequest) => {
  const location = normalLocation(request.parameter('location'));
  const known = Object.keys(request.cloud.regions);
  if (!known.includes(location)) {
    const version = request.query.get('api-version') ?? '';
    throw new HttpError(
      400,
      'NoRegisteredProviderFound',
      `No registered resource provider found for location '${location}' and API version '${version}' for type 'locations/usages'. The supported locations are '${known.join(', ')}'.`,
      { shape: 'standard' },
    );
  }
  const { world, subscriptionPath } = request;
  const families = new Set([REGION_TOTAL, ...vmSizeNames().flatMap((name) => vmSize(name)?.family ?? [])]);
  return listOf(
    [...families].map((family) => ({
      unit: 'Count',
      currentValue: usedVcpus(world, { subscriptionPath, location, family }),
      limit: world.settings.values.quota[family] ?? ENOUGH,
      name: { value: family, localizedValue: family === REGION_TOTAL ? 'Total Regional vCPUs' : `${family} vCPUs` },
    })),
  );
};

/** VM sizes and vCPU quotas of a subscription. */
export const COMPUTE_ROUTES: Route[] = [
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/Microsoft.Compute/skus`,
    type: 'Microsoft.Compute/skus',
    action: 'Microsoft.Compute/skus/read',
    handle: skus,
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/Microsoft.Compute/locations/{location}/usages`,
    type: 'Microsoft.Compute/locations/usages',
    action: 'Microsoft.Compute/locations/usages/read',
    handle: usages,
  },
];

import type { ArmRequest } from '../../arm/arm-request.ts';
import { type JsonObject, merged } from '../../base/json.ts';

const READ_ONLY = new Set([
  'creationTime',
  'keyCreationTime',
  'lastGeoFailoverTime',
  'primaryEndpoints',
  'primaryLocation',
  'privateEndpointConnections',
  'provisioningState',
  'secondaryEndpoints',
  'secondaryLocation',
  'statusOfPrimary',
  'statusOfSecondary',
]);

/** What a request may set: a read-modify-write sends back the rest too, and it is ignored. */
export const withoutReadOnly = (given: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(given).filter(([key]) => !READ_ONLY.has(key)));

/** An account's properties: what the service sets by itself (as in the tutorial's output), under what the request says. */
export const accountProperties = (
  request: ArmRequest,
  name: string,
  location: string,
  { kind, sku }: { kind: string; sku: string },
  given: JsonObject,
): JsonObject => {
  const endpoint = (service: string): string => `https://${name}.${service}.${request.cloud.storageSuffix}/`;
  const created = request.timestamp;
  const key = { keyType: 'Account', enabled: true, lastEnabledTime: created };
  const defaults: JsonObject = {
    keyCreationTime: { key1: created, key2: created },
    privateEndpointConnections: [],
    minimumTlsVersion: 'TLS1_0',
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    networkAcls: {
      ipv6Rules: [],
      bypass: 'AzureServices',
      virtualNetworkRules: [],
      ipRules: [],
      defaultAction: 'Allow',
    },
    supportsHttpsTrafficOnly: true,
    encryption: { services: { file: key, blob: key }, keySource: 'Microsoft.Storage' },
    // The oldest kind has none.
    ...(kind !== 'Storage' && { accessTier: 'Hot' }),
    provisioningState: 'Succeeded',
    creationTime: created,
    primaryEndpoints: Object.fromEntries(
      ['dfs', 'web', 'blob', 'queue', 'table', 'file'].map((one) => [one, endpoint(one)]),
    ),
    primaryLocation: location,
    statusOfPrimary: 'available',
  };
  if (/^Standard_(RA)?G/.test(sku)) defaults.statusOfSecondary = 'available';
  return merged(defaults, withoutReadOnly(given));
};

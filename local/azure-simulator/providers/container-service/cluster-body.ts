import type { ArmRequest } from '../../arm/arm-request.ts';
import { systemData } from '../../arm/tracked-resources.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { type JsonObject, merged, objectAt, objectsAt, textAt, toJson } from '../../base/json.ts';
import { DEFAULT_VM_SIZE } from '../../capacity/vm-sizes.ts';
import type { Resource } from '../../state/resource.ts';
import { CLUSTER_TYPE, clusterId } from './cluster-id.ts';
import { type AgentPool, CLUSTER_READ_ONLY, type ClusterRequest } from './cluster-schema.ts';
import { nodeGroupName } from './cluster-validation.ts';
import { isOlder, resolveVersion } from './kubernetes-versions.ts';

/** A node pool as the service completes it. The node image's date is made up. */
export const poolBody = (pool: AgentPool | JsonObject, version: string, state: string): JsonObject => {
  const given = objectAt(toJson(pool));
  const windows = given.osType === 'Windows';
  const defaults: JsonObject = {
    count: 1,
    vmSize: DEFAULT_VM_SIZE,
    osDiskSizeGB: 128,
    osDiskType: 'Managed',
    kubeletDiskType: 'OS',
    maxPods: 30,
    type: 'VirtualMachineScaleSets',
    enableAutoScaling: false,
    powerState: { code: 'Running' },
    enableNodePublicIP: false,
    mode: 'User',
    osType: 'Linux',
    osSKU: windows ? 'Windows2022' : 'Ubuntu',
    nodeImageVersion: windows
      ? 'AKSWindows-2022-containerd-20348.2026.0801'
      : 'AKSUbuntu-2404gen2containerd-202608.01.0',
    upgradeSettings: { maxSurge: '10%', maxUnavailable: '0' },
    enableFIPS: false,
  };
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
  const wanted = textAt(given, 'orchestratorVersion') || version;
  return {
    ...merged(defaults, kept),
    provisioningState: state,
    orchestratorVersion: wanted,
    currentOrchestratorVersion: resolveVersion(wanted) ?? wanted,
  };
};

/** A cluster's network: node-subnet CNI when `azure` is asked for without a mode, overlay when nothing is. */
const networkBody = (given: JsonObject): JsonObject => {
  const overlay = given.networkPlugin === undefined || given.networkPluginMode === 'overlay';
  return merged(
    {
      networkPlugin: 'azure',
      ...(overlay && { networkPluginMode: 'overlay', podCidr: '10.244.0.0/16', podCidrs: ['10.244.0.0/16'] }),
      networkPolicy: 'none',
      networkDataplane: 'azure',
      loadBalancerSku: 'standard',
      loadBalancerProfile: { managedOutboundIPs: { count: 1 }, backendPoolType: 'nodeIPConfiguration' },
      serviceCidr: '10.0.0.0/16',
      dnsServiceIP: '10.0.0.10',
      outboundType: 'loadBalancer',
      serviceCidrs: ['10.0.0.0/16'],
      ipFamilies: ['IPv4'],
    },
    given,
  );
};

/** What the service keeps to itself, and what is completed apart. */
const NOT_TAKEN_OVER = new Set([...CLUSTER_READ_ONLY, 'agentPoolProfiles', 'networkProfile', 'oidcIssuerProfile']);

/** The whole cluster as the first answer shows it, and as an update changes it. */
export const clusterBody = (
  request: ArmRequest,
  body: ClusterRequest,
  location: string,
  before: Resource | undefined,
): Resource => {
  const { seeded } = request.world;
  const id = before?.id ?? clusterId(request);
  const generation = request.world.generation(id);
  const given = objectAt(toJson(body.properties));
  const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !NOT_TAKEN_OVER.has(key)));
  const old = before?.properties ?? {};
  const oldVersion = textAt(old, 'currentKubernetesVersion');
  const wanted = body.properties.kubernetesVersion || textAt(old, 'kubernetesVersion');
  const version = resolveVersion(wanted) ?? oldVersion ?? '';
  const prefix = body.properties.dnsPrefix ?? body.properties.fqdnSubdomain ?? textAt(old, 'dnsPrefix') ?? '';
  const host =
    textAt(old, 'fqdn') ??
    `${prefix}-${seeded.hex(id, `fqdn ${generation}`, 8)}.hcp.${location}.${request.cloud.kubernetesSuffix}`.toLowerCase();
  // On by default from 1.34 on, and then it cannot be switched off.
  const oidc = body.properties.oidcIssuerProfile?.enabled === true || !isOlder(version, '1.34');
  const state = before ? 'Updating' : 'Creating';
  const pools = body.properties.agentPoolProfiles ?? objectsAt(old, 'agentPoolProfiles');
  const defaults: JsonObject = {
    powerState: { code: 'Running' },
    kubernetesVersion: wanted || version,
    currentKubernetesVersion: version,
    dnsPrefix: prefix,
    fqdn: host,
    azurePortalFQDN: host.replace('.hcp.', '.portal.hcp.'),
    nodeResourceGroup: nodeGroupName(request, location),
    enableRBAC: true,
    supportPlan: 'KubernetesOfficial',
    maxAgentPools: 100,
    disableLocalAccounts: false,
    windowsProfile: { adminUsername: 'azureuser', enableCSIProxy: true },
    servicePrincipalProfile: { clientId: 'msi' },
    oidcIssuerProfile: { enabled: false },
    securityProfile: {},
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    },
    autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' },
    workloadAutoScalerProfile: {},
    metricsProfile: { costAnalysis: { enabled: false } },
    bootstrapProfile: { artifactSource: 'Direct' },
    resourceUID: seeded.hex(id, `uid ${generation}`, 24),
  };
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== ''));
  const properties = merged(merged(defaults, old), kept);
  return {
    id,
    name: before?.name ?? request.parameter('cluster'),
    type: CLUSTER_TYPE,
    location,
    ...(body.tags && { tags: body.tags }),
    eTag: seeded.guid(id, `etag ${request.world.operations.numberOf(id)}`),
    sku: { name: body.sku?.name ?? 'Base', tier: body.sku?.tier ?? textAt(before?.sku, 'tier') ?? 'Free' },
    identity: identityBody(request, id, body),
    systemData: systemData(request, before),
    properties: {
      ...properties,
      provisioningState: state,
      // The last patch of the wanted minor version; an upgrade never goes back.
      currentKubernetesVersion: version,
      agentPoolProfiles: pools.map((pool) =>
        poolBody({ ...oldPool(old, pool.name), ...objectAt(toJson(pool)) }, wanted || version, state),
      ),
      networkProfile: networkBody(merged(objectAt(old, 'networkProfile'), objectAt(given, 'networkProfile'))),
      oidcIssuerProfile: oidc ? { enabled: true, issuerURL: issuerUrl(request, id, location) } : { enabled: false },
    },
  };
};

const oldPool = (properties: JsonObject, name: unknown): JsonObject =>
  objectsAt(properties, 'agentPoolProfiles').find((pool) => pool.name === name) ?? {};

/** Known from the first answer on, with its trailing slash. */
const issuerUrl = (request: ArmRequest, id: string, location: string): string =>
  `https://${location}.${request.cloud.oidcIssuerSuffix}/${SIMULATED_TENANT_ID}/${request.world.seeded.guid(id, `issuer ${request.world.generation(id)}`)}/`;

const identityBody = (request: ArmRequest, id: string, body: ClusterRequest): JsonObject => ({
  ...objectAt(toJson(body.identity ?? { type: 'SystemAssigned' })),
  ...((body.identity?.type ?? 'SystemAssigned') === 'SystemAssigned' && {
    principalId: request.world.seeded.guid(id, `control plane principal ${request.world.generation(id)}`),
    tenantId: SIMULATED_TENANT_ID,
  }),
});

/** The identity of the nodes, which appears when the cluster has succeeded. */
export const kubeletIdentity = (
  request: ArmRequest,
  cluster: Resource,
): { resourceId: string; clientId: string; objectId: string } => {
  const { seeded } = request.world;
  const generation = request.world.generation(cluster.id);
  return {
    resourceId: `${request.subscriptionPath}/resourcegroups/${textAt(cluster.properties, 'nodeResourceGroup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${cluster.name}-agentpool`,
    clientId: seeded.guid(cluster.id, `kubelet client ${generation}`),
    objectId: seeded.guid(cluster.id, `kubelet principal ${generation}`),
  };
};

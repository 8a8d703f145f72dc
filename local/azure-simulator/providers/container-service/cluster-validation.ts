import type { ArmRequest } from '../../arm/arm-request.ts';
import { at, type JsonObject, objectAt, objectsAt, textAt, toJson } from '../../base/json.ts';
import { usedVcpus, vcpusOf } from '../../capacity/vcpus.ts';
import { DEFAULT_VM_SIZE, vmSize, vmSizeNames } from '../../capacity/vm-sizes.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { checkAccess } from './cluster-access.ts';
import { type AgentPool, type ClusterRequest, invalidParameter, missingParameter } from './cluster-schema.ts';
import { isOlder, resolveVersion, supportedVersions } from './kubernetes-versions.ts';
import { checkSubnet } from './pool-subnet.ts';

const refuse = (code: string, message: string, target?: string): never => {
  throw new HttpError(400, code, message, target === undefined ? {} : { target });
};

/** The checks before a cluster is begun. Codes of names, counts and keys are from memory, unverified. @throws HttpError flat 400s */
export const validateCluster = (
  request: ArmRequest,
  body: ClusterRequest,
  location: string,
  before: Resource | undefined,
): void => {
  const name = request.parameter('cluster');
  const { properties } = body;
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?$/.test(name)) {
    refuse(
      'InvalidResourceName',
      `The managed cluster name '${name}' is invalid: 1 to 63 letters, digits, '_' and '-', beginning and ending with a letter or digit.`,
      'name',
    );
  }
  if (
    body.identity?.type === 'UserAssigned' &&
    Object.keys(objectAt(toJson(body.identity), 'userAssignedIdentities')).length === 0
  ) {
    throw missingParameter('identity.userAssignedIdentities'); // unverified
  }
  if (!body.identity && !properties.servicePrincipalProfile && !before) {
    throw missingParameter('servicePrincipalProfile'); // Azure/AKS issue 4528
  }
  const prefix = properties.dnsPrefix ?? properties.fqdnSubdomain ?? textAt(before?.properties, 'dnsPrefix');
  if (!/^[a-zA-Z0-9]$|^[a-zA-Z0-9][-a-zA-Z0-9]{0,52}[a-zA-Z0-9]$/.test(prefix ?? '')) {
    // pulumi/pulumi-azure-native issue 571.
    throw invalidParameter(
      'dnsPrefix',
      `DNS prefix '${prefix ?? ''}' is invalid. DNS prefix must contain between 1 and 54 characters`,
    );
  }
  checkVersion(properties.kubernetesVersion, location);
  if (
    properties.oidcIssuerProfile?.enabled === false &&
    at(before?.properties, 'oidcIssuerProfile', 'enabled') === true
  ) {
    // Code and text: from memory, unverified.
    refuse('OIDCIssuerFeatureCannotBeDisabled', 'OIDC issuer feature cannot be disabled.', 'oidcIssuerProfile.enabled');
  }
  checkKeys(body);
  checkAccess(
    body,
    before,
    resolveVersion(properties.kubernetesVersion ?? undefined) ??
      textAt(before?.properties, 'currentKubernetesVersion') ??
      '',
  );
  const group = properties.nodeResourceGroup ?? nodeGroupName(request, location);
  if (group.length > 80)
    throw invalidParameter(
      'nodeResourceGroup',
      `The length of the node resource group name '${group}' is too long. The maximum length is 80`, // unverified
    );
  if (!before && request.world.resources.get(`${request.subscriptionPath}/resourceGroups/${group}`)) {
    throw invalidParameter('nodeResourceGroup', `The node resource group '${group}' must not exist yet`); // unverified
  }
  const pools = properties.agentPoolProfiles ?? [];
  if (pools.length === 0 && !before) throw missingParameter('agentPoolProfiles'); // Azure/ARO-HCP pull request 629
  if (pools.length > 0 && !pools.some(({ mode }) => mode === 'System')) {
    // Text: ansible-collections/azure issue 166; code: unverified.
    refuse('InvalidParameter', 'Must define at least one system pool.', 'agentPoolProfiles.mode');
  }
  const twice = pools.find(({ name: one }, index) => pools.findIndex((other) => other.name === one) !== index);
  if (twice) throw invalidParameter('agentPoolProfile.name', `Agent pool '${twice.name}' is there twice`); // unverified
  for (const pool of pools) checkPool(request, pool, location);
  for (const { vnetSubnetID } of pools) {
    if (vnetSubnetID) checkSubnet(request, vnetSubnetID, location, properties.networkProfile?.serviceCidr);
  }
  checkQuota(request, pools, location, before);
  if (before) checkUnchanged(body, before);
};

export const nodeGroupName = (request: ArmRequest, location: string): string =>
  `MC_${request.group}_${request.parameter('cluster')}_${location}`;

const checkVersion = (version: string | null | undefined, location: string): void => {
  if (resolveVersion(version ?? undefined)) return;
  refuse(
    'K8sVersionNotSupported',
    `Version ${version} is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region (${location}): ${supportedVersions().join(', ')}. For more information, please check https://aka.ms/supported-version-list`,
    'kubernetesVersion',
  );
};

const checkKeys = ({ properties }: ClusterRequest): void => {
  for (const { keyData } of properties.linuxProfile?.ssh.publicKeys ?? []) {
    if (/^(ssh-(rsa|ed25519)|ecdsa-sha2-\S+) [A-Za-z0-9+/=]+/.test(keyData)) continue;
    // MicrosoftDocs/azure-docs issue 74569.
    refuse(
      'InvalidParameter',
      'The value of parameter linuxProfile.ssh.publicKeys.keyData is invalid. Please see https://aka.ms/aks-naming-rules for more details.',
      'linuxProfile.ssh.publicKeys.keyData',
    );
  }
};

/** @throws HttpError for a pool's name, size, count or zones. */
export const checkPool = (request: ArmRequest, pool: AgentPool, location: string): void => {
  const { settings } = request.world;
  const longest = pool.osType === 'Windows' ? 5 : 11;
  if (!/^[a-z][a-z0-9]*$/.test(pool.name) || pool.name.length > longest + 1) {
    // crossplane/crossplane issue 304.
    throw invalidParameter(
      'agentPoolProfile.name',
      `Agent pool name '${pool.name}' must be lower-case letters and digits, begin with a letter and have at most ${longest + 1} characters`,
    );
  }
  checkRange('maxPods', pool.maxPods, 10, 250);
  // 0 stands for the size's own.
  if (pool.osDiskSizeGB) checkRange('osDiskSizeGB', pool.osDiskSizeGB, 30, 2048);
  const size = pool.vmSize || DEFAULT_VM_SIZE;
  const restricted = settings.values.restrictedVmSizes.some((one) => one.toLowerCase() === size.toLowerCase());
  if (restricted || !vmSize(size)) {
    refuse(
      'BadRequest',
      `The VM size of ${size} is not allowed in your subscription in location '${location}'. The available VM sizes are '${vmSizeNames().join(',')}'. For more details, please visit https://aka.ms/aks/quotas-skus-regions`,
      'agentPoolProfile.vmSize',
    );
  }
  const least = pool.mode === 'System' ? 1 : 0;
  if ((pool.count ?? null) === null && !pool.enableAutoScaling) throw missingParameter('agentPoolProfile.count');
  checkRange('count', pool.count, least, 1000);
  if (pool.enableAutoScaling) {
    checkRange('maxCount', pool.maxCount ?? 0, Math.max(1, least), 1000);
    checkRange('minCount', pool.minCount ?? -1, least, pool.maxCount ?? 0);
  }
  checkVersion(pool.orchestratorVersion, location);
  const offered = settings.values.zones[location] ?? request.cloud.regions[location] ?? [];
  const missing = (pool.availabilityZones ?? []).filter((zone) => !offered.includes(zone));
  if (missing.length > 0) {
    refuse(
      'AvailabilityZoneNotSupported',
      `Preflight validation check for resource(s) for container service ${request.parameters.cluster} in resource group ${request.group} failed. Message: The zone(s) '${missing.join(',')}' for resource '${pool.name}' is not supported. The supported zones for location '${location}' are '${offered.join(',')}'.`,
      'agentPoolProfile.availabilityZone',
    );
  }
};

const checkRange = (property: string, given: number | null | undefined, least: number, most: number): void => {
  if (given === null || given === undefined || (given >= least && given <= most)) return;
  // Text: kubernetes-sigs/cluster-api-provider-azure issue 5947, of the count.
  throw invalidParameter(
    `agentPoolProfile.${property}`,
    `agentPoolProfile.${property} was ${given}. It must be greater or equal to ${least} and less than or equal to ${most}`,
  );
};

/** The quota of vCPUs per family, where the settings have one: by default there is enough. */
export const checkQuota = (
  request: ArmRequest,
  pools: readonly AgentPool[],
  location: string,
  before: Resource | undefined,
): void => {
  const { world, subscriptionPath } = request;
  for (const [family, limit] of Object.entries(world.settings.values.quota)) {
    const requested = vcpusOf(pools, family);
    const used = usedVcpus(world, { subscriptionPath, location, family }, before?.id);
    if (requested === 0 || requested <= limit - used) continue;
    refuse(
      'ErrCode_InsufficientVCPUQuota',
      `Insufficient vcpu quota requested ${requested}, remaining ${Math.max(0, limit - used)} for family ${family} for region ${location}. If you want to increase the quota, please follow this instruction: https://learn.microsoft.com/en-us/azure/quotas/view-quotas. Surge nodes would also consume vcpu quota, please consider use smaller maxSurge or use maxUnavailable to proceed upgrade without surge nodes, details: aka.ms/aks/maxUnavailable.`,
    );
  }
};

/** Azure/AKS issue 409 and, of a pool by itself, pulumi/pulumi-azure-native issue 959. */
const refuseChange = (property: string): never =>
  refuse('PropertyChangeNotAllowed', `Changing property '${property}' is not allowed.`, property);

const checkUnchanged = ({ properties, identity }: ClusterRequest, before: Resource): void => {
  const current = textAt(before.properties, 'currentKubernetesVersion') ?? '';
  const wanted = properties.kubernetesVersion ? resolveVersion(properties.kubernetesVersion) : undefined;
  if (wanted && isOlder(wanted, current)) {
    // Code and text: from memory, unverified.
    refuse(
      'InvalidParameter',
      `Downgrading Kubernetes version from ${current} to ${wanted} is not allowed.`,
      'kubernetesVersion',
    );
  }
  const fixed = ['dnsPrefix', 'fqdnSubdomain', 'nodeResourceGroup'] as const;
  for (const key of fixed) {
    const given = properties[key];
    if (given && given !== textAt(before.properties, key)) refuseChange(key);
  }
  for (const key of ['networkPlugin', 'networkPolicy', 'serviceCidr', 'dnsServiceIP']) {
    const given = textAt(toJson(properties.networkProfile), key);
    if (given && given !== textAt(before.properties, 'networkProfile', key)) refuseChange(`networkProfile.${key}`);
  }
  if (identity?.type === 'None') refuseChange('identity');
  for (const pool of properties.agentPoolProfiles ?? []) {
    const old = objectsAt(before.properties, 'agentPoolProfiles').find((one) => one.name === pool.name);
    if (old) checkPoolUnchanged(pool, old, 'agentPoolProfiles');
  }
};

/** @throws HttpError 400 for another size or other zones: such a pool is made anew. */
export const checkPoolUnchanged = (pool: AgentPool, old: JsonObject, path: string): void => {
  if (pool.vmSize && pool.vmSize.toLowerCase() !== textAt(old, 'vmSize')?.toLowerCase()) {
    refuseChange(`${path}.vmSize`);
  }
  if (pool.vnetSubnetID && pool.vnetSubnetID.toLowerCase() !== textAt(old, 'vnetSubnetID')?.toLowerCase()) {
    refuseChange(`${path}.vnetSubnetID`);
  }
  const zones = JSON.stringify([...(pool.availabilityZones ?? [])].toSorted());
  const oldZones = JSON.stringify(Array.isArray(old.availabilityZones) ? old.availabilityZones.toSorted() : []);
  if (pool.availabilityZones && zones !== oldZones) refuseChange(`${path}.availabilityZones`);
};

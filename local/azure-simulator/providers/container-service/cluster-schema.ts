import { z } from 'zod';
import type { RefuseIssue } from '../../arm/arm-request.ts';
import { type Json, jsonObject } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import { tagsSchema } from '../../state/resource.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z.number().int().nullish();
const switched = z.looseObject({ enabled: flag }).nullish();

/** `''` counts as not given, as the CLI sends it. */
const oneOf = <const T extends string>(...values: T[]) => z.enum(['', ...values]).nullish();

export const agentPoolSchema = z.looseObject({
  name: z.string(),
  mode: z.enum(['System', 'User', 'Gateway']).nullish(),
  count: whole,
  minCount: whole,
  maxCount: whole,
  maxPods: whole,
  osDiskSizeGB: whole,
  enableAutoScaling: flag,
  enableNodePublicIP: flag,
  enableEncryptionAtHost: flag,
  enableUltraSSD: flag,
  enableFIPS: flag,
  vmSize: text,
  osType: z.enum(['Linux', 'Windows']).nullish(),
  osDiskType: oneOf('Managed', 'Ephemeral'),
  type: oneOf('VirtualMachineScaleSets', 'AvailabilitySet', 'VirtualMachines'),
  scaleSetPriority: oneOf('Regular', 'Spot'),
  availabilityZones: z.array(z.string()).nullish(),
  nodeLabels: z.record(z.string(), z.string()).nullish(),
  nodeTaints: z.array(z.string()).nullish(),
  tags: tagsSchema.nullish(),
  orchestratorVersion: text,
  vnetSubnetID: text,
});

export type AgentPool = z.infer<typeof agentPoolSchema>;

const propertiesSchema = z.looseObject({
  kubernetesVersion: text,
  dnsPrefix: text,
  fqdnSubdomain: text,
  nodeResourceGroup: text,
  enableRBAC: flag,
  disableLocalAccounts: flag,
  supportPlan: oneOf('KubernetesOfficial', 'AKSLongTermSupport'),
  agentPoolProfiles: z.array(agentPoolSchema).nullish(),
  linuxProfile: z
    .looseObject({
      adminUsername: z.string(),
      ssh: z.looseObject({ publicKeys: z.array(z.looseObject({ keyData: z.string() })) }),
    })
    .nullish(),
  networkProfile: z
    .looseObject({
      networkPlugin: oneOf('azure', 'kubenet', 'none'),
      networkPluginMode: oneOf('overlay'),
      networkPolicy: oneOf('none', 'calico', 'azure', 'cilium'),
      networkDataplane: oneOf('azure', 'cilium'),
      loadBalancerSku: oneOf('standard', 'basic', 'Standard', 'Basic'),
      outboundType: oneOf(
        'loadBalancer',
        'userDefinedRouting',
        'managedNATGateway',
        'userAssignedNATGateway',
        'none',
        'block',
      ),
      serviceCidr: text,
      dnsServiceIP: text,
      podCidr: text,
    })
    .nullish(),
  autoUpgradeProfile: z
    .looseObject({
      upgradeChannel: oneOf('rapid', 'stable', 'patch', 'node-image', 'none'),
      nodeOSUpgradeChannel: oneOf('None', 'Unmanaged', 'NodeImage', 'SecurityPatch'),
    })
    .nullish(),
  oidcIssuerProfile: switched,
  securityProfile: z.looseObject({ workloadIdentity: switched }).nullish(),
  storageProfile: z
    .looseObject({
      blobCSIDriver: switched,
      diskCSIDriver: switched,
      fileCSIDriver: switched,
      snapshotController: switched,
    })
    .nullish(),
  servicePrincipalProfile: jsonObject.nullish(),
  aadProfile: z
    .looseObject({ managed: flag, enableAzureRBAC: flag, adminGroupObjectIDs: z.array(z.guid()).nullish() })
    .nullish(),
  apiServerAccessProfile: z.looseObject({ authorizedIPRanges: z.array(z.string()).nullish() }).nullish(),
});

export const clusterSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  sku: z
    .looseObject({
      name: oneOf('Base', 'Automatic', 'Basic'),
      tier: z.enum(['Free', 'Standard', 'Premium', 'Paid']).nullish(),
    })
    .nullish(),
  identity: z.looseObject({ type: z.enum(['SystemAssigned', 'UserAssigned', 'None']) }).nullish(),
  properties: propertiesSchema,
});

export type ClusterRequest = z.infer<typeof clusterSchema>;

/** Set by the service; in a request they are ignored. */
export const CLUSTER_READ_ONLY = [
  'azurePortalFQDN',
  'currentKubernetesVersion',
  'fqdn',
  'maxAgentPools',
  'powerState',
  'privateFQDN',
  'provisioningState',
  'resourceUID',
  'status',
];

/** The properties of @azure/arm-containerservice 25.5.0. */
const CLUSTER_PROPERTIES = new Set([
  ...CLUSTER_READ_ONLY,
  ...Object.keys(propertiesSchema.shape),
  ...(
    'windowsProfile addonProfiles podIdentityProfile nodeResourceGroupProfile upgradeSettings autoScalerProfile ' +
    'diskEncryptionSetID identityProfile privateLinkResources httpProxyConfig ingressProfile ' +
    'publicNetworkAccess workloadAutoScalerProfile azureMonitorProfile serviceMeshProfile metricsProfile nodeProvisioningProfile ' +
    'bootstrapProfile aiToolchainOperatorProfile schedulerProfile hostedSystemProfile'
  ).split(' '),
]);

const POOL_PROPERTIES = new Set([
  ...Object.keys(agentPoolSchema.shape),
  ...(
    'currentOrchestratorVersion eTag provisioningState kubeletDiskType workloadRuntime messageOfTheDay vnetSubnetID podSubnetID ' +
    'podIPAllocationMode osSKU scaleDownMode nodeImageVersion upgradeSettings powerState nodePublicIPPrefixID ' +
    'scaleSetEvictionPolicy spotMaxPrice proximityPlacementGroupID kubeletConfig linuxOSConfig gpuInstanceProfile creationData ' +
    'capacityReservationGroupID hostGroupID networkProfile windowsProfile securityProfile gpuProfile gatewayProfile ' +
    'artifactStreamingProfile virtualMachinesProfile virtualMachineNodesStatus status localDNSProfile'
  ).split(' '),
]);

/**
 * The provider refuses properties that it does not know; before 2024-01-01 it ignored them (Azure/AKS issue 4060).
 *
 * @throws HttpError 400 UnmarshalError
 */
export const checkKnownProperties = ({ properties }: ClusterRequest, apiVersion: string): void => {
  checkKnown(properties, CLUSTER_PROPERTIES, apiVersion);
  for (const pool of properties.agentPoolProfiles ?? []) checkKnownPoolProperties(pool, apiVersion);
};

export const checkKnownPoolProperties = (pool: object, apiVersion: string): void =>
  checkKnown(pool, POOL_PROPERTIES, apiVersion);

const checkKnown = (given: object, known: ReadonlySet<string>, apiVersion: string): void => {
  const unknown = apiVersion < '2024-01-01' ? undefined : Object.keys(given).find((key) => !known.has(key));
  if (unknown === undefined) return;
  // Text: Azure/azure-rest-api-specs issue 40740.
  throw unmarshalError(
    `json: unknown field "${unknown}" Check that the field is in the right location, is spelled correctly, and is supported in the API version. Visit aka.ms/aks/apiversions for more API version information.`,
  );
};

/** Azure/azure-cli issue 13050. */
const unmarshalError = (reason: string): HttpError =>
  new HttpError(400, 'UnmarshalError', `UnmarshalEntity encountered error: ${reason}.`);

/** How the provider refuses a body of the wrong form: a value that is not offered in other words than one of the wrong type. */
export const refuseClusterIssue: RefuseIssue = (issue, given) => {
  const property = issue.path.filter((part) => typeof part === 'string').join('.');
  const target = property.replace(/^properties\.(agentPoolProfiles\.)?/, (_, pool) =>
    pool ? 'agentPoolProfile.' : '',
  );
  const wrongType = issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof given !== 'string');
  if (given === undefined) return missingParameter(target);
  if (wrongType) {
    const type = issue.code === 'invalid_type' ? issue.expected : 'string';
    return unmarshalError(
      `json: cannot unmarshal ${goKind(given)} into Go struct field Properties.${property} of type ${GO_TYPES[type] ?? type}`,
    );
  }
  return invalidParameter(target, issue.message);
};

/** What Go calls the kinds of JSON values and its own types. */
const goKind = (value: Json): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : (GO_KINDS[typeof value] ?? '');
const GO_KINDS: Record<string, string> = { boolean: 'bool', object: 'object', number: 'number', string: 'string' };
const GO_TYPES: Record<string, string> = {
  boolean: 'bool',
  int: 'int32',
  number: 'float64',
  array: '[]string',
  record: 'map[string]string',
};

/** Azure/terraform-azurerm-avm-res-containerservice-managedcluster issue 184. */
export const missingParameter = (target: string): HttpError =>
  new HttpError(400, 'InvalidParameter', `Required parameter ${target} is missing (null).`, { target });

/** Pulumi/pulumi-azure-native issue 571. */
export const invalidParameter = (target: string, details: string): HttpError =>
  new HttpError(
    400,
    'InvalidParameter',
    `The value of parameter ${target} is invalid. Error details: ${details}. Please see https://aka.ms/aks-naming-rules for more details.`,
    { target },
  );

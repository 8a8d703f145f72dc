import { z } from 'zod';
import { ArmError } from '../../arm/arm-error.ts';
import { jsonObject } from '../../json.ts';
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
    'windowsProfile addonProfiles podIdentityProfile nodeResourceGroupProfile aadProfile upgradeSettings autoScalerProfile ' +
    'apiServerAccessProfile diskEncryptionSetID identityProfile privateLinkResources httpProxyConfig ingressProfile ' +
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

/** @throws ArmError 400 UnmarshalError for a property that the provider does not know: it ignores none. */
export const checkKnownProperties = ({ properties }: ClusterRequest): void => {
  checkKnown(properties, CLUSTER_PROPERTIES, 'properties');
  for (const pool of properties.agentPoolProfiles ?? []) {
    checkKnownPoolProperties(pool, 'properties.agentPoolProfiles');
  }
};

export const checkKnownPoolProperties = (pool: object, path: string): void => checkKnown(pool, POOL_PROPERTIES, path);

const checkKnown = (given: object, known: ReadonlySet<string>, path: string): void => {
  const unknown = Object.keys(given).find((key) => !known.has(key));
  if (unknown !== undefined) throw unmarshalError(`json: unknown field "${unknown}" in ${path}`);
};

/** The code is the provider's (hashicorp/terraform-provider-azurerm issue 31580); the text is from memory, unverified. */
const unmarshalError = (reason: string): ArmError =>
  new ArmError(400, 'UnmarshalError', `UnmarshalEntity encountered error: ${reason}.`);

/** How the provider refuses a body of the wrong form: a value that is not offered in other words than one of the wrong type. */
export const refuseClusterIssue = ({ code, path, message }: z.core.$ZodIssue): ArmError => {
  const property = path.filter((part) => typeof part === 'string').join('.');
  if (code !== 'invalid_value') return unmarshalError(`json: ${property}: ${message}`);
  const target = property.replace(/^properties\./, '');
  return new ArmError(400, 'InvalidParameter', `The value of parameter ${target} is invalid: ${message}.`, { target });
};

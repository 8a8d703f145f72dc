import { z } from 'zod';
import { type NameRule, nameRules } from '../names/azure-names.ts';
import { existingResourcesSchema } from '../names/existing-resources.ts';
import { imagePattern, sourcePattern, tutorialImages } from '../names/image.ts';
import { lockLevels } from '../names/management-lock.ts';
import { isOpenSshRsaPublicKey } from '../names/open-ssh-key.ts';
import { OWNER_TAG, REQUESTER_TAG } from '../names/owner-tag.ts';
import { registryCredentialsSchema } from '../names/registry-credentials.ts';
import { isPlainText, PLAIN_TEXT_RULE } from '../names/text/is-plain-text.ts';
import { ipRangesSchema } from './ip-ranges.ts';
import { MAX_TAGS } from './tag-policy.ts';

/** So many images with names so long fit into the custom status of the orchestration that drives them (8,704 characters). */
const MAX_IMAGES = 30;
const MAX_IMAGE_NAME_LENGTH = 128;
const MAX_SOURCE_LENGTH = 512;

const named = ({ pattern, rule }: NameRule) => z.string().regex(pattern, `must be ${rule}`);

/** `Canada Central` and `canadacentral` are the same to Azure. */
const location = z
  .string()
  .max(100, 'must be an Azure location such as canadacentral')
  .transform((text) => text.toLowerCase().replaceAll(' ', ''))
  .pipe(z.string().regex(/^[a-z0-9]{3,50}$/, 'must be an Azure location such as canadacentral'));

const image = z.strictObject({
  source: z
    .string()
    .max(MAX_SOURCE_LENGTH, `must have at most ${MAX_SOURCE_LENGTH} characters`)
    .regex(
      sourcePattern,
      'must be registry/repository:tag or registry/repository@sha256:digest, e.g. docker.io/apache/airflow:2.9.3',
    )
    .meta({ title: 'Source', description: 'Registry, repository and tag or digest: docker.io/apache/airflow:2.9.3' }),
  image: z
    .string()
    .max(MAX_IMAGE_NAME_LENGTH, `must have at most ${MAX_IMAGE_NAME_LENGTH} characters`)
    .regex(imagePattern, 'must be repository:tag, e.g. airflow:2.9.3')
    .meta({ title: 'Image', description: 'Its name in the registry: airflow:2.9.3' }),
});

const images = z
  .array(image)
  .max(MAX_IMAGES, `must hold at most ${MAX_IMAGES} images`)
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, { image: target }] of list.entries()) {
      if (seen.has(target)) {
        context.addIssue({ code: 'custom', path: [index, 'image'], message: `is listed twice: ${target}` });
      }
      seen.add(target);
    }
  });

const registryCredentials = z
  .array(registryCredentialsSchema)
  .max(10, 'must hold at most 10 registries')
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, { registry }] of list.entries()) {
      if (seen.has(registry)) {
        context.addIssue({ code: 'custom', path: [index, 'registry'], message: `is listed twice: ${registry}` });
      }
      seen.add(registry);
    }
  })
  .meta({
    title: 'Registry credentials',
    description: 'Where the user names and passwords for the registries that the images come from are in Key Vault',
  });

const zones = z
  .array(z.enum(['1', '2', '3'], 'must be "1", "2" or "3"'))
  .refine((list) => new Set(list).size === list.length, 'must not name a zone twice')
  .transform((list) => list.toSorted());

const cluster = z.strictObject({
  tier: z
    .enum(['Free', 'Standard', 'Premium'], 'must be Free, Standard or Premium')
    .default('Standard')
    .meta({ title: 'Tier', description: 'The service level of the control plane.' }),
  nodeVmSize: z
    .string()
    .regex(/^Standard_[A-Za-z0-9_-]{1,60}$/, 'must be a virtual machine size such as Standard_DS4_v2')
    .default('Standard_DS4_v2')
    .meta({ title: 'VM size', description: 'Of the nodes.' }),
  nodeCount: z
    .int()
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000')
    .default(3)
    .meta({ title: 'Nodes', description: 'How many nodes the pool has.' }),
  zones: zones
    .default(['1', '2', '3'])
    .meta({ title: 'Zones', description: 'The availability zones of the nodes; none when empty.' }),
  autoUpgradeChannel: z
    .enum(['none', 'patch', 'stable', 'rapid', 'node-image'], 'must be none, patch, stable, rapid or node-image')
    .default('stable')
    .meta({ title: 'Upgrades of Kubernetes', description: 'The channel.' }),
  nodeOsUpgradeChannel: z
    .enum(['None', 'Unmanaged', 'SecurityPatch', 'NodeImage'], 'must be None, Unmanaged, SecurityPatch or NodeImage')
    .default('NodeImage')
    .meta({ title: 'Upgrades of the node images', description: 'The channel.' }),
  kubernetesVersion: z
    .string()
    .regex(/^\d+\.\d+(\.\d+)?$/, 'must be a version such as 1.34 or 1.34.2')
    .optional()
    .meta({
      title: 'Kubernetes version',
      description: 'At least this one; by default the one that the service gives.',
    }),
  authorizedIpRanges: ipRangesSchema.optional().meta({
    title: 'Who may reach the API server',
    description: 'IPv4 addresses and ranges, only with the profile hardened. By default the cluster alone.',
  }),
  adminGroupObjectIds: z
    .array(z.guid('must be the object id of an Entra group: a GUID').transform((text) => text.toLowerCase()))
    .min(1, 'must name at least one group')
    .refine((list) => new Set(list).size === list.length, 'must not name a group twice')
    .transform((list) => list.toSorted())
    .optional()
    .meta({
      title: 'Groups of administrators',
      description: 'Entra groups that administer the cluster, only with the profile hardened.',
    }),
  sshPublicKey: z
    .string()
    .transform((text) => text.trim())
    .refine(isOpenSshRsaPublicKey, 'must be the public half of an RSA key in OpenSSH form: "ssh-rsa AAAA… comment"')
    .optional()
    .meta({
      title: 'SSH public key',
      description: 'Of the nodes. By default a pair is generated, its private half kept in the vault.',
    }),
});

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
export const tagNameSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(128, 'must have at most 128 characters')
  .regex(/^[^<>%&\\?/]*$/, 'must not contain < > % & \\ ? or /')
  .regex(/^(?!(microsoft|azure|windows))/i, 'must not begin with microsoft, azure or windows: Azure keeps these')
  .refine(isPlainText, PLAIN_TEXT_RULE)
  .refine(
    (name) => name.toLowerCase() !== OWNER_TAG,
    `must not be ${OWNER_TAG}: by this tag the service knows what it created, and may delete`,
  )
  .refine(
    (name) => name.toLowerCase() !== REQUESTER_TAG,
    `must not be ${REQUESTER_TAG}: by this tag the service says who asked`,
  );

export const tagsSchema = z
  .record(tagNameSchema, z.string().max(256, 'must have at most 256 characters').refine(isPlainText, PLAIN_TEXT_RULE))
  .refine((record) => Object.keys(record).length <= MAX_TAGS, `must be at most ${MAX_TAGS}`)
  .refine(
    (record) => new Set(Object.keys(record).map((name) => name.toLowerCase())).size === Object.keys(record).length,
    'must not name a tag twice: for Azure, Env and env are the same name',
  );

/** The ids of deployments: lower-case letters, digits and "-". */
export const deploymentIdPattern = /^[a-z0-9-]{1,64}$/;

/**
 * The body of `POST /api/deployments`. Every field is optional; the defaults are the tutorial's values. `id`, `subscriptionId`, `location` and the
 * three globally unique names have no constant default: see resolve-deployment.ts.
 */
export const deploymentRequestSchema = z.strictObject({
  id: z.string().regex(deploymentIdPattern, 'must be 1 to 64 lower-case letters, digits or "-"').optional().meta({
    title: 'Deployment id',
    description: 'By default the name of the resource group, in lower case, when it fits.',
  }),
  subscriptionId: z
    .guid('must be a GUID such as 00000000-0000-0000-0000-000000000000')
    .transform((text) => text.toLowerCase())
    .optional()
    .meta({ title: 'Subscription', description: 'By default the one of the service.' }),
  profile: z.enum(['tutorial', 'hardened'], 'must be tutorial or hardened').optional().meta({
    title: 'Profile',
    description:
      'By default tutorial: what the tutorial makes. hardened: without shared passwords, keys and open doors; a plan lists every difference.',
  }),
  location: location.optional().meta({
    title: 'Location',
    // What goes in; zod describes what comes out of a transformation only by its type.
    pattern: '^ *(?:[A-Za-z0-9] *){3,50}$',
    description:
      'An Azure region with availability zones, unless cluster.zones is empty. By default canadacentral; in AzureChinaCloud chinanorth3, in AzureUSGovernment usgovvirginia.',
  }),
  resourceGroupName: named(nameRules.resourceGroup)
    .default('apache-airflow-rg')
    .meta({ title: 'Resource group', description: 'Created when it is missing.' }),
  identityName: named(nameRules.identity)
    .default('airflow-identity-123')
    .meta({ title: 'Managed identity', description: 'The user-assigned identity by which Airflow reads the vault.' }),
  keyVaultName: named(nameRules.keyVault)
    .optional()
    .meta({ title: 'Key vault', description: 'By default a name made of subscription and resource group.' }),
  registryName: named(nameRules.registry)
    .optional()
    .meta({ title: 'Container registry', description: 'By default a name made of subscription and resource group.' }),
  storageAccountName: named(nameRules.storageAccount).optional().meta({
    title: 'Storage account',
    description: "For Airflow's logs. By default a name made of subscription and resource group.",
  }),
  storageContainerName: named(nameRules.blobContainer)
    .default('airflow-logs')
    .meta({ title: 'Blob container', description: "For Airflow's logs." }),
  storageSecretName: named(nameRules.kubernetesName)
    .default('storage-account-credentials')
    .meta({ title: 'Kubernetes secret', description: 'What the outputs name the secret that holds the storage key.' }),
  clusterName: named(nameRules.cluster)
    .default('apache-airflow-aks')
    .meta({ title: 'Cluster', description: 'The AKS cluster.' }),
  serviceAccountName: named(nameRules.kubernetesName).default('airflow').meta({
    title: 'Service account',
    description: 'The Kubernetes service account that the federated credential trusts.',
  }),
  serviceAccountNamespace: named(nameRules.kubernetesName)
    .default('airflow')
    .meta({ title: 'Namespace of the service account', description: 'Its Kubernetes namespace.' }),
  airflowNamespace: named(nameRules.kubernetesName)
    .default('airflow')
    .meta({ title: 'Namespace of Airflow', description: 'Where the tutorial’s next part installs Airflow.' }),
  airflowClusterName: named(nameRules.cluster)
    .default('cluster-aks-airflow')
    .meta({ title: 'Airflow cluster name', description: 'What the outputs give as AKS_AIRFLOW_CLUSTER_NAME.' }),
  cluster: cluster.prefault({}).meta({ title: 'Cluster settings' }),
  images: images
    .default([...tutorialImages])
    .meta({ title: 'Images', description: 'What is imported into the registry; by default the six of the tutorial.' }),
  registryCredentials: registryCredentials.optional(),
  existing: existingResourcesSchema
    .optional()
    .meta({ title: 'Existing resources', description: 'Used as they are, and never deleted by the service' }),
  lock: z
    .enum(lockLevels, `must be ${lockLevels.join(' or ')}`)
    .optional()
    .meta({
      title: 'Lock',
      description: 'CanNotDelete has the deployment put a management lock on what it made, as its last step.',
    }),
  tags: tagsSchema
    .default({})
    .meta({ title: 'Tags', description: 'Put on every resource that takes tags; what others added stays.' }),
  correlationId: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces')
    .optional()
    .meta({
      title: 'Correlation id',
      description: 'Shown in the status and the list: the number of a request in ServiceNow, say.',
    }),
});

export type DeploymentRequest = z.infer<typeof deploymentRequestSchema>;

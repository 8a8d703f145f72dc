import { z } from 'zod';
import { tutorialCloud } from '../../names/cloud-rules.ts';
import { storedExistingSchema } from '../../names/existing-resources.ts';
import { globalNames } from '../../names/global-names.ts';
import { storedCredentialsSchema } from '../../names/registry-credentials.ts';
import { deploymentRequestSchema } from '../../request/deployment-request.ts';
import type { Deployment } from '../../request/resolve-deployment.ts';

/** What a deployment is that says nothing: the tutorial. */
const tutorial = deploymentRequestSchema.parse({});

const cluster = z.looseObject({
  tier: z.string().default(tutorial.cluster.tier),
  nodeVmSize: z.string().default(tutorial.cluster.nodeVmSize),
  nodeCount: z.number().default(tutorial.cluster.nodeCount),
  zones: z.array(z.string()).default(tutorial.cluster.zones),
  autoUpgradeChannel: z.string().default(tutorial.cluster.autoUpgradeChannel),
  nodeOsUpgradeChannel: z.string().default(tutorial.cluster.nodeOsUpgradeChannel),
  kubernetesVersion: z.string().optional(),
  authorizedIpRanges: z.array(z.string()).optional(),
  adminGroupObjectIds: z.array(z.string()).optional(),
  sshPublicKey: z.string().optional(),
});

/** What every release knows a deployment by. */
export const essentialFields = { id: z.string(), subscriptionId: z.string(), resourceGroupName: z.string() };

const image = z.looseObject({ source: z.string(), image: z.string() });

/** All but the essential fields; each may be absent. */
export const otherFields = {
  profile: z.string().optional(),
  location: z.string().default(tutorialCloud.defaultLocation),
  identityName: z.string().default(tutorial.identityName),
  keyVaultName: z.string().optional(),
  registryName: z.string().optional(),
  storageAccountName: z.string().optional(),
  storageContainerName: z.string().default(tutorial.storageContainerName),
  storageSecretName: z.string().default(tutorial.storageSecretName),
  clusterName: z.string().default(tutorial.clusterName),
  serviceAccountName: z.string().default(tutorial.serviceAccountName),
  serviceAccountNamespace: z.string().default(tutorial.serviceAccountNamespace),
  airflowNamespace: z.string().default(tutorial.airflowNamespace),
  airflowClusterName: z.string().default(tutorial.airflowClusterName),
  cluster: cluster.prefault({}),
  images: z.array(image).default(tutorial.images),
  registryCredentials: z.array(storedCredentialsSchema).optional(),
  existing: storedExistingSchema.optional(),
  lock: z.string().optional(),
  tags: z.array(z.tuple([z.string(), z.string()])).default([]),
  correlationId: z.string().optional(),
  requestedBy: z.string().optional(),
  needsConsent: z.boolean().optional(),
};

/**
 * A deployment as any release stored it: no rule of what callers may send today is asked of it. What is absent is as in the tutorial, the globally unique names as
 * they are without a choice; what is not known is kept.
 */
export const storedDeploymentSchema: z.ZodType<Deployment> = z
  .looseObject({ ...essentialFields, ...otherFields })
  .transform((stored) => {
    const names = globalNames(stored);
    return {
      ...stored,
      keyVaultName: stored.keyVaultName ?? names.keyVaultName,
      registryName: stored.registryName ?? names.registryName,
      storageAccountName: stored.storageAccountName ?? names.storageAccountName,
    };
  });

import { z } from 'zod';
import { storedExistingSchema } from '../names/existing-resources.ts';
import { storedCredentialsSchema } from '../names/registry-credentials.ts';
import { findingSchema } from '../plan/finding.ts';
import { type ActivityResult, activityResultSchema } from './activity-result.ts';

/**
 * What one kind of step takes and gives, shared by the orchestrator that drives it and the activity that does it. Inputs and values are stored
 * in the durable history: they hold names and ids, never a secret.
 */
export interface StepContract<I, T> {
  /** The activity's registered name. */
  readonly activity: string;
  readonly input: z.ZodType<I>;
  readonly value: z.ZodType<T>;
  /** What the activity reports; made once, since every replay reads every report. */
  readonly report: z.ZodType<ActivityResult>;
  /** The step fails when it is not done after so many seconds. */
  readonly deadlineSeconds: number;
}

const contract = <I, T>(
  activity: string,
  input: z.ZodType<I>,
  value: z.ZodType<T>,
  deadlineMinutes: number,
): StepContract<I, T> => ({
  activity,
  input,
  value,
  report: activityResultSchema(value),
  deadlineSeconds: deadlineMinutes * 60,
});

const group = { subscriptionId: z.string(), resourceGroupName: z.string() };
const tags = z.array(z.tuple([z.string(), z.string()]));
const place = {
  ...group,
  location: z.string(),
  tags,
  deploymentId: z.string(),
  /** The object id of who asked for the run that creates it. */
  requestedBy: z.string().optional(),
};
const resource = z.object({ id: z.string() });
/** What tells which resources are a deployment's own. */
const ownedFields = {
  ...group,
  location: z.string(),
  deploymentId: z.string(),
  identityName: z.string(),
  keyVaultName: z.string(),
  registryName: z.string(),
  storageAccountName: z.string(),
  clusterName: z.string(),
  existing: storedExistingSchema.optional(),
};
/** Set for a resource of somebody else: it is neither made nor changed. */
const keptByOthers = z.boolean().optional();
/** Set for the profile `hardened`; absent for the tutorial. */
const hardened = z.boolean().optional();
/** Where the vault is, when it is not in the deployment's own group. */
const vaultGroup = z.object(group).optional();

export const preflight = contract(
  'preflight',
  z.object({
    ...group,
    deploymentId: z.string(),
    location: z.string(),
    tags,
    identityName: z.string(),
    keyVaultName: z.string(),
    registryName: z.string(),
    storageAccountName: z.string(),
    clusterName: z.string(),
    tier: z.string(),
    nodeVmSize: z.string(),
    nodeCount: z.number(),
    zones: z.array(z.string()),
    images: z.array(z.object({ source: z.string(), image: z.string() })),
    registryCredentials: z.array(storedCredentialsSchema).optional(),
    existing: storedExistingSchema.optional(),
    hardened,
    authorizedIpRanges: z.array(z.string()).optional(),
    lock: z.string().optional(),
    /** Only waits for the deployment's turn and reads the tenant. */
    skip: z.boolean(),
    /** Set before an approval: nothing is begun yet, so that nobody has to end first. */
    outOfTurn: z.boolean().optional(),
    /** Since when the run waits for its turn, ISO 8601; since its start when absent. */
    turnSince: z.string().optional(),
  }),
  z.object({ tenantId: z.string(), findings: z.array(findingSchema) }),
  7 * 24 * 60,
);

export const resourceGroup = contract('resourceGroup', z.object(place), resource, 45);

export const identity = contract(
  'identity',
  z.object({ ...place, identityName: z.string() }),
  z.object({ id: z.string(), principalId: z.string(), clientId: z.string() }),
  20,
);

export const keyVault = contract(
  'keyVault',
  z.object({ ...place, keyVaultName: z.string(), tenantId: z.string(), keptByOthers, hardened }),
  z.object({ id: z.string(), uri: z.string() }),
  30,
);

export const sshKey = contract(
  'sshKey',
  z.object({ ...group, keyVaultName: z.string(), clusterName: z.string(), vaultGroup }),
  z.object({ publicKey: z.string() }),
  20,
);

export const registry = contract(
  'registry',
  z.object({ ...place, registryName: z.string(), keptByOthers, hardened }),
  z.object({
    id: z.string(),
    loginServer: z.string(),
    /** The digests that images were imported by, by their names in the registry; only in the profile `hardened`. */
    digests: z.record(z.string(), z.string()).optional(),
  }),
  30,
);

export const storage = contract(
  'storage',
  z.object({ ...place, storageAccountName: z.string(), hardened }),
  resource,
  30,
);

export const container = contract(
  'container',
  z.object({ ...group, storageAccountName: z.string(), storageContainerName: z.string() }),
  resource,
  20,
);

export const secrets = contract(
  'secrets',
  z.object({ ...group, keyVaultName: z.string(), storageAccountName: z.string(), vaultGroup }),
  z.object({ nameSecretUri: z.string(), keySecretUri: z.string() }),
  20,
);

/** All that the cluster's step takes but the nodes' SSH key, which may not exist yet. */
export const clusterInputWithoutKey = z.object({
  ...place,
  clusterName: z.string(),
  tier: z.string(),
  nodeVmSize: z.string(),
  nodeCount: z.number(),
  zones: z.array(z.string()),
  autoUpgradeChannel: z.string(),
  nodeOsUpgradeChannel: z.string(),
  kubernetesVersion: z.string().optional(),
  /** An existing subnet for the nodes. */
  subnetId: z.string().optional(),
  hardened,
  authorizedIpRanges: z.array(z.string()).optional(),
  adminGroupObjectIds: z.array(z.string()).optional(),
});

export const cluster = contract(
  'cluster',
  /** Without a key nobody gets onto the nodes by SSH. */
  clusterInputWithoutKey.extend({ sshPublicKey: z.string().optional() }),
  z.object({
    id: z.string(),
    oidcIssuerUrl: z.string(),
    kubeletObjectId: z.string(),
    nodeResourceGroup: z.string(),
    kubernetesVersion: z.string(),
    /** How many nodes the first pool has: what the request wants, unless it scales by itself. */
    nodeCount: z.number(),
    fqdn: z.string(),
    /** The control plane's identity; only where it needs a role on a subnet. */
    controlPlaneObjectId: z.string().optional(),
  }),
  90,
);

export const acrPull = contract(
  'acrPull',
  z.object({ subscriptionId: z.string(), registryId: z.string(), principalId: z.string() }),
  resource,
  30,
);

export const networkAccess = contract(
  'networkAccess',
  z.object({ subscriptionId: z.string(), subnetId: z.string(), principalId: z.string() }),
  resource,
  30,
);

export const image = contract(
  'image',
  z.object({
    ...group,
    registryName: z.string(),
    source: z.string(),
    image: z.string(),
    /** Where the source registry's credentials are, when it takes some. */
    credentials: storedCredentialsSchema.optional(),
    /** Imported by its digest, in the profile `hardened`; the registry is asked at its own host which one it holds. */
    pin: z.object({ loginServer: z.string() }).optional(),
  }),
  z.object({ source: z.string(), image: z.string(), digest: z.string().optional() }),
  360,
);

export const vaultAccess = contract(
  'vaultAccess',
  z.object({ ...group, keyVaultName: z.string(), tenantId: z.string(), principalId: z.string(), hardened }),
  resource,
  20,
);

export const logsAccess = contract(
  'logsAccess',
  z.object({ subscriptionId: z.string(), accountId: z.string(), principalId: z.string() }),
  resource,
  30,
);

export const federatedCredential = contract(
  'federatedCredential',
  z.object({ ...group, identityName: z.string(), credentialName: z.string(), issuer: z.string(), subject: z.string() }),
  resource,
  20,
);

export const connect = contract(
  'connect',
  z.object({ ...group, clusterName: z.string(), nodeCount: z.number(), hardened }),
  z.object({
    kubernetesVersion: z.string(),
    nodes: z.number(),
    nodesReady: z.number(),
    zones: z.array(z.string()),
  }),
  30,
);

export const lock = contract('lock', z.object({ ...ownedFields, level: z.string() }), z.object({}), 20);

// The steps of undoing a deployment.

export const stop = contract(
  'stop',
  z.object({
    subscriptionId: z.string(),
    deploymentId: z.string(),
    /** The only run that may be undone; absent when whoever asked has seen which it is. */
    run: z.string().optional(),
  }),
  z.object({
    /** Another run has begun: nothing is undone. */
    superseded: z.boolean().optional(),
  }),
  60,
);

/** Something that a deployment created, with what it takes to delete it. */
export const ownedResourceSchema = z.object({
  name: z.string(),
  resourceId: z.string(),
  apiVersion: z.string(),
  usualSeconds: z.number(),
  /** A lock on it is removed before: Azure may hold to that for a while. */
  unlocked: z.boolean().optional(),
});

export const findOwned = contract(
  'findOwned',
  z.object(ownedFields),
  z.object({ owned: z.array(ownedResourceSchema), vaultOwned: z.boolean() }),
  20,
);

export const deleteResource = contract(
  'deleteResource',
  z.object({
    subscriptionId: z.string(),
    resourceId: z.string(),
    apiVersion: z.string(),
    usualSeconds: z.number(),
    unlocked: z.boolean().optional(),
  }),
  z.object({}),
  90,
);

export const purgeVault = contract(
  'purgeVault',
  z.object({ subscriptionId: z.string(), location: z.string(), keyVaultName: z.string() }),
  z.object({}),
  30,
);

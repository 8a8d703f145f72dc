/**
 * What Azure's control plane usually takes, in seconds, before jitter. Observed in public logs of Terraform, azd and the CLI; those marked
 * are from memory, unverified.
 */
export const DURATIONS = {
  resourceGroup: 1,
  resourceGroupDelete: 30, // without a cluster inside, unverified
  clusterDelete: 240, // unverified
  identity: 2,
  federatedCredential: 2,
  vault: 20,
  vaultUpdate: 1,
  accessPolicy: 1.5,
  secret: 1,
  vaultPurge: 15, // unverified
  registry: 25,
  registryUpdate: 8, // unverified
  registryDelete: 10, // unverified
  imageImport: 30,
  storageAccount: 25,
  storageUpdate: 1,
  container: 1,
  /** Until the name of a deleted container is free again (learn.microsoft.com, Delete Container: at least 30 s). */
  containerDelete: 30,
  cluster: 330,
  clusterUpdate: 90, // unverified
  clusterTags: 15, // unverified
  agentPool: 150, // unverified
  lock: 1, // unverified
  roleAssignment: 1,
  principalReplication: 6, // unverified
  providerRegistration: 60, // unverified
  /** The first answer of a long-running operation. Unverified. */
  accepted: 0.5,
  read: 0.1,
} as const;

/** The least that the resource provider contract allows, in seconds (Azure/azure-resource-manager-rpc, async-api-reference). */
export const RETRY_AFTER = { 'retry-after': '10' };

import { z } from 'zod';
import * as steps from '../deployment/driver/step-contracts.ts';
import { branchOrchestrator } from './driver/branch.ts';
import { driveStep } from './driver/drive-steps.ts';

export const clusterBranchInput = z.object({
  /** Present when the service makes the nodes' SSH key: its private half goes into this vault, which is created first. */
  keyVault: steps.keyVault.input.optional(),
  /** Present when the caller brings the key. */
  sshPublicKey: z.string().optional(),
  cluster: steps.clusterInputWithoutKey,
});

export const clusterBranchValue = z.object({
  keyVault: steps.keyVault.value.optional(),
  cluster: steps.cluster.value,
});

/** The critical path: key vault → SSH key → cluster, or the cluster alone when the caller brings the key. */
export const clusterBranch = branchOrchestrator(clusterBranchInput, function* (context, input, options) {
  let { sshPublicKey } = input;
  let keyVault: z.infer<typeof steps.keyVault.value> | undefined;
  if (input.keyVault) {
    const vault = yield* driveStep(
      context,
      { name: 'key-vault', contract: steps.keyVault, input: input.keyVault, critical: true },
      options,
    );
    if (!vault.ok) return vault;
    keyVault = vault.value;
    const { keyVaultName, keptByOthers } = input.keyVault;
    const { subscriptionId, resourceGroupName, clusterName } = input.cluster;
    const vaultGroup = {
      subscriptionId: input.keyVault.subscriptionId,
      resourceGroupName: input.keyVault.resourceGroupName,
    };
    const key = yield* driveStep(
      context,
      {
        name: 'ssh-key',
        contract: steps.sshKey,
        input: {
          subscriptionId,
          resourceGroupName,
          keyVaultName,
          clusterName,
          ...(keptByOthers && { vaultGroup }),
        },
        critical: true,
      },
      options,
    );
    if (!key.ok) return key;
    sshPublicKey = key.value.publicKey;
  }
  if (sshPublicKey === undefined && !input.cluster.hardened)
    throw new Error('The cluster needs an SSH public key or a vault for a generated one.');
  const cluster = yield* driveStep(
    context,
    { name: 'cluster', contract: steps.cluster, input: { ...input.cluster, sshPublicKey }, critical: true },
    options,
  );
  return cluster.ok ? { ok: true, value: { keyVault, cluster: cluster.value } } : cluster;
});

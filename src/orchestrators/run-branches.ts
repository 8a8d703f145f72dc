import type { z } from 'zod';
import { branchesOf, generatesSshKey } from '../deployment/driver/planned-steps.ts';
import * as steps from '../deployment/driver/step-contracts.ts';
import {
  clusterInput,
  groupOf,
  imageInputs,
  keyVaultInput,
  placeOf,
  registryInput,
  storageInput,
} from '../deployment/driver/step-inputs.ts';
import { type BranchName, branchInstanceId } from '../deployment/names/instance-ids.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import type { OrchestrationContext, Task } from '../task-hub/orchestration.ts';
import { clusterBranchValue } from './cluster-branch.ts';
import { branchOutcomeSchema, crashedBranch } from './driver/branch.ts';
import { settleAll } from './driver/settle-all.ts';

/** The registered name of the sub-orchestrator of each branch. */
export const branchOrchestrators = {
  cluster: 'clusterBranch',
  vault: 'vaultBranch',
  registry: 'registryBranch',
  storage: 'storageBranch',
  identity: 'identityBranch',
} as const satisfies Record<BranchName, string>;

const outcomes = {
  cluster: branchOutcomeSchema(clusterBranchValue),
  vault: branchOutcomeSchema(steps.keyVault.value),
  registry: branchOutcomeSchema(steps.registry.value),
  storage: branchOutcomeSchema(steps.container.value),
  identity: branchOutcomeSchema(steps.identity.value),
};

/** The outcomes of the branches; `vault` is absent when the cluster's branch makes it. */
export type BranchOutcomes = {
  readonly [name in Exclude<BranchName, 'vault'>]: z.infer<(typeof outcomes)[name]>;
} & { readonly vault: z.infer<(typeof outcomes)['vault']> | undefined };

/** The first wave: all branches at once, each a sub-orchestration of its own; ends when every one has ended. */
export function* runBranches(
  context: OrchestrationContext,
  { run, deployment, settings }: DeploymentRun,
  tenantId: string,
): Generator<Task, BranchOutcomes, unknown> {
  const inputs = branchInputs(deployment, tenantId, settings.imageImportConcurrency);
  const names = branchesOf(deployment);
  const settled = yield* settleAll(
    context,
    names.map((name) =>
      context.df.callSubOrchestrator(
        branchOrchestrators[name],
        inputs[name],
        branchInstanceId(deployment.id, run, name),
        context.df.version,
      ),
    ),
  );
  const resultOf = (name: BranchName): unknown => {
    const end = settled[names.indexOf(name)];
    return end?.ok ? end.value : { ...crashedBranch(end?.error), steps: [] };
  };
  return {
    cluster: outcomes.cluster.parse(resultOf('cluster')),
    registry: outcomes.registry.parse(resultOf('registry')),
    storage: outcomes.storage.parse(resultOf('storage')),
    identity: outcomes.identity.parse(resultOf('identity')),
    vault: names.includes('vault') ? outcomes.vault.parse(resultOf('vault')) : undefined,
  };
}

/** Each branch gets the fields that it needs, not the whole request: inputs are stored in the durable history. */
const branchInputs = (
  deployment: DeploymentRun['deployment'],
  tenantId: string,
  imageImportConcurrency: number,
): Readonly<Record<BranchName, object>> => {
  const group = groupOf(deployment);
  const place = placeOf(deployment);
  const { identityName, storageAccountName, storageContainerName } = deployment;
  const keyVault = keyVaultInput(deployment, tenantId);
  return {
    cluster: {
      cluster: clusterInput(deployment),
      ...(generatesSshKey(deployment) ? { keyVault } : { sshPublicKey: deployment.cluster.sshPublicKey }),
    },
    vault: keyVault,
    registry: {
      registry: registryInput(deployment),
      images: imageInputs(deployment),
      imageImportConcurrency,
      ...(isHardened(deployment) && { pinned: true }),
    },
    storage: {
      storage: storageInput(deployment),
      container: { ...group, storageAccountName, storageContainerName },
    },
    identity: { ...place, identityName },
  };
};

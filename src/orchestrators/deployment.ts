import { plannedSteps } from '../deployment/driver/planned-steps.ts';
import type { StepContract } from '../deployment/driver/step-contracts.ts';
import * as steps from '../deployment/driver/step-contracts.ts';
import {
  FEDERATED_CREDENTIAL_NAME,
  groupOf,
  hardenedOf,
  lockInput,
  placeOf,
  preflightInput,
  registryGroupOf,
  serviceAccountSubject,
  storageAccountId,
  vaultElsewhere,
  vaultGroupOf,
  vaultHardenedOf,
} from '../deployment/driver/step-inputs.ts';
import { partsOfId } from '../deployment/names/existing-resources.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { cancelledError, isCancelled } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { preflightError, preflightWarnings } from '../deployment/run/preflight-outcome.ts';
import { readStored } from '../deployment/run/read-stored.ts';
import { storedRunSchema } from '../deployment/run/stored-run.ts';
import type { DeploymentResult, StoredStep } from '../deployment/run/stored-status.ts';
import { type LearntValues, outputsOf } from '../status/outputs.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { awaitApproval } from './approval.ts';
import { Cancellation } from './driver/cancellation.ts';
import {
  type DriveOptions,
  driveStep,
  driveSteps,
  firstError,
  type Outcome,
  type StepCall,
} from './driver/drive-steps.ts';
import { StepBoard } from './driver/step-board.ts';
import { type BranchOutcomes, runBranches } from './run-branches.ts';

/**
 * The whole deployment (instance `d:<id>`):
 *
 *     preflight → resource group → branches, all at once → second wave, all at once → connect
 *
 * A run that needs approval waits for it after the preflight, and then begins anew: the world may have moved, and its turn comes only now.
 * A failure lets everything that runs beside it settle, then fails the instance; the next POST goes on from what exists.
 */
export const deploymentOrchestrator: OrchestrationHandler = function* (context) {
  const run = readStored(storedRunSchema, context.df.getInput());
  const board = new StepBoard(context, run.run);
  const cancellation = new Cancellation(context);
  const outcome = yield* deploy(context, run, board, cancellation);
  if (outcome.ok) return outcome.value;
  if (isCancelled(outcome.error)) {
    board.cancel(cancellation.by);
    return { cancelled: true };
  }
  board.fail(outcome.error);
  throw new Error(`${outcome.error.step}: ${outcome.error.code}: ${outcome.error.message}`);
};

function* deploy(
  context: OrchestrationContext,
  run: DeploymentRun,
  board: StepBoard,
  cancellation: Cancellation,
): Generator<Task, Outcome<DeploymentResult>, unknown> {
  const { deployment } = run;
  yield* cancellation.listen();
  const options = { onStatus: board.update.bind(board), cancellation, run: run.run };

  const check = (turn: Turn = {}) => checkFirst(context, run, board, turn, options);
  let preflight = yield* check(run.approval && { outOfTurn: true });
  if (!preflight.ok) return preflight;
  if (run.approval) {
    const approval = yield* awaitApproval(run, cancellation, board.approve.bind(board));
    if (approval.state !== 'Approved') return { ok: false, error: cancelledError('approval') };
    preflight = yield* check({ turnSince: approval.decidedAt });
    if (!preflight.ok) return preflight;
  }
  const { tenantId, warnings } = preflight.value;

  const group = yield* driveStep(
    context,
    {
      name: 'resource-group',
      contract: steps.resourceGroup,
      input: placeOf(deployment),
      critical: true,
    },
    options,
  );
  if (!group.ok) return group;

  if (cancellation.requested) return { ok: false, error: cancelledError('deployment') };
  const branches = yield* runBranches(context, run, tenantId);
  const learnt = gather(branches, tenantId);
  if (!learnt.ok) return learnt;

  const calls = secondWaveOf(run, learnt.value);
  const secondWave = yield* driveSteps(context, calls, options);
  const error = firstError(
    calls.map(({ name }) => name),
    secondWave,
  );
  if (error) return { ok: false, error };

  const { clusterName } = deployment;
  const { nodeCount } = learnt.value.cluster;
  const connected = yield* driveStep(
    context,
    {
      name: 'connect',
      contract: steps.connect,
      input: { ...groupOf(deployment), clusterName, nodeCount, ...hardenedOf(deployment) },
      critical: true,
    },
    options,
  );
  if (!connected.ok) return connected;

  const toLock = lockInput(deployment);
  if (toLock) {
    const locked = yield* driveStep(context, { name: 'lock', contract: steps.lock, input: toLock }, options);
    if (!locked.ok) return locked;
  }

  const records = [...board.records, ...branchRecords(branches)];
  const all = inPlannedOrder(run, records);
  return {
    ok: true,
    value: {
      steps: all,
      warnings: [...warnings, ...all.flatMap(({ note }) => (note === undefined ? [] : [note]))],
      outputs: outputsOf(deployment, learnt.value),
    },
  };
}

/** What decides whose turn it is, when it is not the start of the run. */
interface Turn {
  readonly outOfTurn?: boolean;
  readonly turnSince?: string | undefined;
}

/** The preflight: what it warns of is shown, what the deployment would fail of ends it here. */
function* checkFirst(
  context: OrchestrationContext,
  run: DeploymentRun,
  board: StepBoard,
  turn: Turn,
  options: DriveOptions,
): Generator<Task, Outcome<{ readonly tenantId: string; readonly warnings: readonly string[] }>, unknown> {
  const input = { ...preflightInput(run.deployment, run.skipPreflight), ...turn };
  const preflight = yield* driveStep(
    context,
    { name: 'preflight', contract: steps.preflight, input, critical: true },
    {
      ...options,
      onStatus: ({ note, error }) => board.wait(note ?? (error && `Tries again after ${error.code}: ${error.message}`)),
    },
  );
  if (!preflight.ok) return preflight;
  const { tenantId, findings } = preflight.value;
  const warnings = preflightWarnings(findings);
  board.warn(warnings);
  const refusal = preflightError(findings);
  if (!refusal) return { ok: true, value: { tenantId, warnings } };
  board.refuse(findings);
  return { ok: false, error: refusal };
}

/** What waits for the cluster: it hides behind AcrPull, which has to. */
const secondWaveOf = ({ deployment }: DeploymentRun, learnt: LearntValues): StepCall<unknown, unknown>[] => {
  const group = groupOf(deployment);
  const { keyVaultName, storageAccountName, identityName } = deployment;
  const { tenantId, identity, registry, cluster } = learnt;
  return [
    isHardened(deployment)
      ? stepCall('logs-access', steps.logsAccess, {
          subscriptionId: deployment.subscriptionId,
          accountId: storageAccountId(deployment),
          principalId: identity.principalId,
        })
      : stepCall('secrets', steps.secrets, {
          ...group,
          keyVaultName,
          storageAccountName,
          ...vaultElsewhere(deployment),
        }),
    stepCall('acr-pull', steps.acrPull, {
      subscriptionId: registryGroupOf(deployment).subscriptionId,
      registryId: registry.id,
      principalId: cluster.kubeletObjectId,
    }),
    ...networkAccessCall(deployment, cluster.controlPlaneObjectId),
    stepCall('vault-access', steps.vaultAccess, {
      ...vaultGroupOf(deployment),
      keyVaultName,
      tenantId,
      principalId: identity.principalId,
      ...vaultHardenedOf(deployment),
    }),
    stepCall('federated-credential', steps.federatedCredential, {
      ...group,
      identityName,
      credentialName: FEDERATED_CREDENTIAL_NAME,
      issuer: cluster.oidcIssuerUrl,
      subject: serviceAccountSubject(deployment),
    }),
  ];
};

const networkAccessCall = (
  { existing }: DeploymentRun['deployment'],
  principalId: string | undefined,
): StepCall<unknown, unknown>[] => {
  const subnetId = existing?.subnetId;
  if (subnetId === undefined) return [];
  if (principalId === undefined) throw new Error('The cluster showed no identity of its control plane.');
  const { subscriptionId } = partsOfId(subnetId);
  return [stepCall('network-access', steps.networkAccess, { subscriptionId, subnetId, principalId })];
};

/** Ties an input to what its contract takes, also in a list of different steps. */
const stepCall = <I, T>(name: string, contract: StepContract<I, T>, input: NoInfer<I>): StepCall<I, T> => ({
  name,
  contract,
  input,
});

/** The branches' values, or the first error: one that says why before one that says only that it was cancelled. */
const gather = (branches: BranchOutcomes, tenantId: string): Outcome<LearntValues> => {
  const { cluster, vault, registry, storage, identity } = branches;
  if (!cluster.ok) return failure(branches);
  if (vault && !vault.ok) return failure(branches);
  if (!registry.ok) return failure(branches);
  if (!storage.ok) return failure(branches);
  if (!identity.ok) return failure(branches);
  const keyVault = vault?.value ?? cluster.value.keyVault;
  if (!keyVault) throw new Error('No branch made the key vault.');
  return {
    ok: true,
    value: {
      tenantId,
      identity: identity.value,
      keyVault,
      registry: registry.value,
      cluster: cluster.value.cluster,
    },
  };
};

const failure = (branches: BranchOutcomes): Outcome<never> => {
  const errors = Object.values(branches).flatMap((branch) => (branch && !branch.ok ? [branch.error] : []));
  const error = errors.find((each) => !isCancelled(each)) ?? errors[0];
  if (!error) throw new Error('No branch failed.');
  return { ok: false, error };
};

const branchRecords = (branches: BranchOutcomes): StoredStep[] =>
  Object.values(branches).flatMap((branch) => branch?.steps ?? []);

const inPlannedOrder = ({ deployment }: DeploymentRun, records: readonly StoredStep[]): StoredStep[] =>
  plannedSteps(deployment).flatMap(({ name }) => records.filter((record) => record.name === name));

import { type CallbackView, callbackViewSchema } from '../deployment/callbacks/callback-view.ts';
import type { StepStatus } from '../deployment/driver/step.ts';
import { redactSecrets } from '../deployment/names/redact-secrets.ts';
import type { Finding } from '../deployment/plan/finding.ts';
import type { Actor } from '../deployment/run/actor.ts';
import { type Approval, endReasonOf } from '../deployment/run/approval.ts';
import {
  type DeploymentError,
  type DeploymentRun,
  deploymentResultSchema,
  deploymentRunSchema,
  type EarlierRun,
  orchestrationStatusSchema,
} from '../deployment/run/deployment-run.ts';
import { type DriftReport, type DriftSummary, driftReportSchema, driftSummarySchema } from '../deployment/run/drift.ts';
import { type ExpiryView, expiryViewSchema } from '../deployment/run/expiry.ts';
import { undoRunSchema } from '../deployment/run/undo-run.ts';
import { graphOf } from '../steps/graph.ts';
import type { Outputs } from './outputs.ts';

export const deploymentStatuses = [
  'Pending',
  'AwaitingApproval',
  'Running',
  'Succeeded',
  'Failed',
  'Cancelled',
  'Deleting',
  'Deleted',
] as const;

export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** An orchestration instance as the platform shows it, as far as it is read here. */
export interface Instance {
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
  readonly input?: unknown;
  readonly customStatus?: unknown;
  readonly output?: unknown;
}

/** A step as a caller sees it. */
export interface StepResponse extends StepStatus {
  readonly waitsFor: readonly string[];
}

/** A deployment as a caller sees it. */
export interface DeploymentResponse {
  readonly id: string;
  readonly run: string;
  readonly status: DeploymentStatus;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  /** Who asked for the run; absent where callers are not told apart. */
  readonly requestedBy?: Actor;
  readonly cancelledBy?: Actor;
  readonly correlationId?: string;
  readonly names: Names;
  readonly steps: readonly StepResponse[];
  readonly warnings: readonly string[];
  /** What the preflight found, when it refused the deployment. */
  readonly findings?: readonly Finding[];
  /** Why nothing has begun yet. */
  readonly waiting?: string;
  /** Why it ended without a failure of its own: it was not approved. */
  readonly reason?: string;
  readonly error?: DeploymentError;
  /** Present once the run has asked for approval. */
  readonly approval?: Approval;
  /** Present when the POST gave a callbackUrl. */
  readonly callback?: CallbackView;
  /** Present as long as the deployment is to expire, and once it has. */
  readonly expiry?: ExpiryView;
  /** What the last scheduled check found; present once the run was checked. */
  readonly drift?: DriftSummary;
  /** Present once the deployment is being undone. */
  readonly undo?: {
    readonly status: DeploymentStatus;
    readonly requestedBy?: Actor;
    readonly steps: readonly StepStatus[];
  };
  readonly earlierRuns: readonly EarlierRun[];
}

/** What goes on beside a deployment's own orchestrations. */
interface Beside {
  readonly undo?: Instance | undefined;
  readonly callback?: Instance | undefined;
  readonly expiry?: Instance | undefined;
  readonly drift?: Instance | undefined;
}

export type Names = ReturnType<typeof namesOf>;

const statuses: Readonly<Record<string, DeploymentStatus>> = {
  Pending: 'Pending',
  Completed: 'Succeeded',
  Failed: 'Failed',
  Terminated: 'Cancelled',
  Canceled: 'Cancelled',
};

/** The deployment's status for an instance's; what is suspended or continued is still running to a caller. */
export const deploymentStatus = (instance: Instance): DeploymentStatus => {
  const status = statuses[instance.runtimeStatus] ?? 'Running';
  if (status === 'Succeeded' && customStatusOf(instance)?.cancelled) return 'Cancelled';
  return status === 'Running' && approvalOf(instance)?.state === 'Awaiting' ? 'AwaitingApproval' : status;
};

/** How far the approval of a deployment's run is; undefined when none was asked for, or not yet. */
export const approvalOf = (instance: Instance): Approval | undefined => customStatusOf(instance)?.approval;

export const hasEnded = (status: DeploymentStatus): boolean =>
  status !== 'Pending' && status !== 'AwaitingApproval' && status !== 'Running' && status !== 'Deleting';

/** The status of a deployment beside that of its undo, if there is one. */
export const statusWithUndo = (deployment: Instance, undo: Instance | undefined): DeploymentStatus => {
  if (!undo) return deploymentStatus(deployment);
  const status = deploymentStatus(undo);
  if (status === 'Succeeded') return 'Deleted';
  return hasEnded(status) ? 'Failed' : 'Deleting';
};

/** Whether an undo is that of the deployment's present run; an undo that has just been started has no status yet. */
export const isUndoOf = (deployment: Instance, undo: Instance): boolean => {
  const undone = customStatusOf(undo)?.run;
  return undone === undefined || undone === (customStatusOf(deployment)?.run ?? runOf(deployment)?.run);
};

const customStatusOf = ({ customStatus }: Instance) => orchestrationStatusSchema.safeParse(customStatus).data;

/** The names that the request left open, decided, and those it gave. */
export const namesOf = ({ deployment }: Pick<DeploymentRun, 'deployment'>) => ({
  subscriptionId: deployment.subscriptionId,
  location: deployment.location,
  resourceGroupName: deployment.resourceGroupName,
  identityName: deployment.identityName,
  keyVaultName: deployment.keyVaultName,
  registryName: deployment.registryName,
  storageAccountName: deployment.storageAccountName,
  storageContainerName: deployment.storageContainerName,
  clusterName: deployment.clusterName,
});

/** The run that an instance carries out; undefined when the instance is none of ours or of a release that is not understood. */
export const runOf = ({ input }: Instance): DeploymentRun | undefined => {
  const parsed = deploymentRunSchema.safeParse(input);
  return parsed.success ? parsed.data : undefined;
};

/**
 * Puts together what a caller sees: the planned steps, filled in with what the deployment's own orchestration and its branches report (their
 * custom status while they run, their output after).
 */
export const deploymentResponse = (
  run: DeploymentRun,
  instance: Instance,
  branches: readonly Instance[],
  { undo, callback, expiry, drift }: Beside = {},
): DeploymentResponse => {
  const status = deploymentStatus(instance);
  const own = customStatusOf(instance);
  const result = status === 'Succeeded' ? deploymentResultSchema.safeParse(instance.output).data : undefined;
  const records = new Map(
    [...(own?.steps ?? []), ...branches.flatMap(branchRecords), ...(result?.steps ?? [])].map((step) => [
      step.name,
      step,
    ]),
  );
  const { correlationId } = run.deployment;
  const notes = [...records.values()].flatMap(({ note }) => (note === undefined ? [] : [note]));
  const failed = undo ?? instance;
  const error =
    deploymentStatus(failed) === 'Failed' ? (customStatusOf(failed)?.error ?? platformError(failed)) : undefined;
  const waiting =
    status === 'AwaitingApproval' ? `Waits for approval until ${own?.approval?.expiresAt}.` : own?.waiting;
  const reason = status === 'Cancelled' && !undo ? endReasonOf(own?.approval) : undefined;
  return {
    id: run.deployment.id,
    run: run.run,
    status: statusWithUndo(instance, undo),
    createdAt: instance.createdTime.toISOString(),
    lastUpdatedAt: (undo ?? instance).lastUpdatedTime.toISOString(),
    ...(run.requestedBy && { requestedBy: run.requestedBy }),
    ...(own?.cancelledBy && { cancelledBy: own.cancelledBy }),
    ...(correlationId !== undefined && { correlationId }),
    names: namesOf(run),
    steps: graphOf(run.deployment, run.steps).all.map(({ name, waitsFor }) => ({
      name,
      waitsFor,
      ...(settled(records.get(name), status) ?? {
        state: hasEnded(status) ? 'Skipped' : 'Waiting',
        attempts: 0,
        polls: 0,
      }),
    })),
    warnings: [...(own?.warnings ?? []), ...notes],
    ...(own?.findings && { findings: own.findings }),
    ...(waiting !== undefined && !hasEnded(status) && { waiting }),
    ...(reason !== undefined && { reason }),
    ...(error && { error }),
    ...(own?.approval && { approval: own.approval }),
    ...(callback && { callback: callbackOf(callback) }),
    ...(expiry && expiryOf(expiry)),
    ...(drift && !undo && driftOf(run, drift)),
    ...(undo && { undo: undoOf(undo) }),
    earlierRuns: run.earlierRuns,
  };
};

const undoOf = (undo: Instance): NonNullable<DeploymentResponse['undo']> => {
  const requestedBy = undoRunSchema.safeParse(undo.input).data?.requestedBy;
  return {
    status: deploymentStatus(undo),
    ...(requestedBy && { requestedBy }),
    steps: customStatusOf(undo)?.steps ?? [],
  };
};

/** One that was only just started has no status yet. */
const callbackOf = ({ customStatus }: Instance): CallbackView =>
  callbackViewSchema.safeParse(customStatus).data ?? { state: 'Pending', deliveries: [] };

const expiryOf = (instance: Instance): Pick<DeploymentResponse, 'expiry'> => {
  const expiry = expiryResponseOf(instance);
  return expiry && expiry.state !== 'Over' ? { expiry } : {};
};

/** How the expiry stands that an instance waits for; one that was only just started has no status yet. */
export const expiryResponseOf = ({ customStatus }: Instance): ExpiryView | undefined =>
  expiryViewSchema.safeParse(customStatus).data;

/** The last check for drift in short, as a member of a status; empty when it was of an earlier run. */
export const driftOf = ({ run }: DeploymentRun, { customStatus }: Instance): Pick<DeploymentResponse, 'drift'> => {
  const found = driftSummarySchema.safeParse(customStatus).data;
  if (found?.run !== run) return {};
  const { run: _, ...drift } = found;
  return { drift };
};

/** The last check for drift of a run; undefined when it was of an earlier one. */
export const driftReportFor = ({ run }: DeploymentRun, { output }: Instance): DriftReport | undefined => {
  const report = driftReportSchema.safeParse(output).data;
  return report?.run === run ? report : undefined;
};

/** A step that an operator's terminate left unfinished does not go on. */
const settled = (step: StepStatus | undefined, status: DeploymentStatus): StepStatus | undefined =>
  step && hasEnded(status) && (step.state === 'Running' || step.state === 'Retrying')
    ? { ...step, state: 'Cancelled' }
    : step;

/** The outputs of a deployment that succeeded; undefined before that. */
export const outputsOfInstance = (instance: Instance): Outputs | undefined =>
  deploymentStatus(instance) === 'Succeeded'
    ? deploymentResultSchema.safeParse(instance.output).data?.outputs
    : undefined;

const branchOutputSchema = orchestrationStatusSchema.pick({ steps: true });

const branchRecords = ({ output, customStatus }: Instance): readonly StepStatus[] =>
  (branchOutputSchema.safeParse(output).data ?? branchOutputSchema.safeParse(customStatus).data)?.steps ?? [];

/** A failure that the orchestrator did not report itself: the platform's own words. */
const platformError = ({ output }: Instance): DeploymentError => ({
  step: 'deployment',
  code: 'OrchestrationFailed',
  message: redactSecrets(typeof output === 'string' ? output : JSON.stringify(output ?? null)).slice(0, 1024),
  class: 'crash',
  remedy: 'This is a fault of the service, not of the request: look at its logs, then send the same request again.',
});

/** An ended run in short, to be remembered by the next one. */
export const earlierRunOf = (run: DeploymentRun, instance: Instance): EarlierRun => {
  const { status, error, createdAt, lastUpdatedAt } = deploymentResponse(run, instance, []);
  return {
    run: run.run,
    status,
    startedAt: createdAt,
    endedAt: lastUpdatedAt,
    ...(error && { error: `${error.step}: ${error.code}: ${error.message}`.slice(0, 300) }),
    ...(run.requestedBy && { requestedBy: run.requestedBy }),
  };
};

import type { CallbackView } from '../deployment/callbacks/callback-view.ts';
import { storedCallbackViewSchema } from '../deployment/callbacks/stored-callback.ts';
import { isResourceGroup } from '../deployment/names/resource-ids.ts';
import { redactSecrets } from '../deployment/names/text/redact-secrets.ts';
import type { Actor } from '../deployment/run/actor.ts';
import { type Approval, endReasonOf } from '../deployment/run/approval.ts';
import { type DeployedResponse, deployedResponse, unchangedRun } from '../deployment/run/deployed.ts';
import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import type { DeploymentError, DeploymentRun, EarlierRun } from '../deployment/run/deployment-run.ts';
import {
  customStatusOf,
  type DeploymentStatus,
  deploymentStatus,
  hasEnded,
  statusWithUndo,
} from '../deployment/run/deployment-status.ts';
import type { DriftSummary } from '../deployment/run/drift.ts';
import { mayExpire } from '../deployment/run/expiring-run.ts';
import type { ExpiryView } from '../deployment/run/expiry.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { recordedSteps } from '../deployment/run/recorded-steps.ts';
import { driftOf } from '../deployment/run/stored/stored-drift.ts';
import { expiryViewOf } from '../deployment/run/stored/stored-expiry.ts';
import type { StoredFinding, StoredStep } from '../deployment/run/stored/stored-status.ts';
import { requesterOf } from '../deployment/run/stored/stored-undo.ts';
import { whatExists } from '../deployment/run/what-exists.ts';
import { graphOf } from '../steps/graph.ts';
import { type AfterCancel, afterCancelOf } from './after-cancel.ts';
import { type KeptResponse, keptResponse, OWNER_TAG_MISSING, ownerTagMissing } from './kept-response.ts';
import { type Names, namesOf } from './names-of.ts';
import { unreadableReason } from './unreadable-reason.ts';

/** A step as a caller sees it. */
export interface StepResponse extends StoredStep {
  readonly waitsFor: readonly string[];
}

/** A deployment as a caller sees it. */
export interface DeploymentResponse {
  readonly id: string;
  readonly run: string;
  readonly status: DeploymentStatus;
  /** When the deployment was created: by its first run, or the first after it was deleted. */
  readonly createdAt: string;
  /** When the run was asked for. */
  readonly startedAt: string;
  readonly lastUpdatedAt: string;
  /** Who asked for the run; absent where callers are not told apart. */
  readonly requestedBy?: Actor;
  readonly cancelledBy?: Actor;
  readonly correlationId?: string;
  readonly names: Names;
  readonly steps: readonly StepResponse[];
  readonly warnings: readonly string[];
  /** What the preflight found, when it refused the deployment. */
  readonly findings?: readonly StoredFinding[];
  /** Why nothing has begun yet. */
  readonly waiting?: string;
  /** Why it ended without a failure of its own: it was not approved. */
  readonly reason?: string;
  readonly error?: DeploymentError;
  /** Present once the run has asked for approval. */
  readonly approval?: Approval;
  /** Present when the POST gave a callbackUrl. */
  readonly callback?: CallbackView;
  /** Present as long as the run is to expire, and once it has. */
  readonly expiry?: ExpiryView;
  /** What the last scheduled check found; present once the run was checked. */
  readonly drift?: DriftSummary;
  /** What Azure continues after a cancel; present when something was in flight. */
  readonly afterCancel?: AfterCancel;
  /** Present once the deployment is being undone. */
  readonly undo?: {
    readonly status: DeploymentStatus;
    readonly requestedBy?: Actor;
    readonly steps: readonly StoredStep[];
    /** The ids of what is gone, and what stays, each with the reason. */
    readonly deleted: readonly string[];
    readonly kept: readonly KeptResponse[];
  };
  /** What exists: the last run that succeeded; absent when none has, or it was deleted since. The rest is about the latest run. */
  readonly deployed?: DeployedResponse & Pick<DeploymentResponse, 'expiry'>;
  readonly earlierRuns: readonly EarlierRun[];
}

/** What goes on beside a deployment's own orchestrations. */
interface Beside {
  readonly undo?: Instance | undefined;
  readonly callback?: Instance | undefined;
  readonly expiry?: Instance | undefined;
  /** That of the run that left what exists, if it is not the latest. */
  readonly deployedExpiry?: Instance | undefined;
  readonly drift?: Instance | undefined;
  readonly follow?: Instance | undefined;
  readonly deletion?: Instance | undefined;
}

/**
 * Puts together what a caller sees: the planned steps, filled in with what the deployment's own orchestration and its branches report (their
 * custom status while they run, their output after).
 */
export const deploymentResponse = (
  record: DeploymentRecord,
  instance: Instance,
  branches: readonly Instance[],
  { undo, callback, expiry, deployedExpiry, drift, follow, deletion }: Beside = {},
): DeploymentResponse => {
  const status = deploymentStatus(instance);
  const own = customStatusOf(instance);
  const records = recordedSteps(instance, branches);
  const exists = whatExists(record, instance, branches, undo);
  const deployed = deployedResponse(exists);
  const { id, runId, run, requestedBy, correlationId, earlierRuns } = record;
  const notes = [...records.values()].flatMap(({ note }) => (note === undefined ? [] : [note]));
  const failed = undo ?? instance;
  const error = deploymentStatus(failed) === 'Failed' ? errorOf(id, failed) : undefined;
  const waiting =
    status === 'AwaitingApproval' ? `Waits for approval until ${own?.approval?.expiresAt}.` : own?.waiting;
  const ended = status === 'Cancelled' && !undo ? endReasonOf(own?.approval) : undefined;
  const reason = run ? ended : unreadableReason(record);
  const afterCancel = undo ? undefined : afterCancelOf(instance, records.values(), resourceIdIn(run), follow, deletion);
  return {
    id,
    run: runId,
    status: statusWithUndo(instance, undo),
    createdAt: record.createdAt.toISOString(),
    startedAt: instance.createdTime.toISOString(),
    lastUpdatedAt: (undo ?? instance).lastUpdatedTime.toISOString(),
    ...(requestedBy && { requestedBy }),
    ...(own?.cancelledBy && { cancelledBy: own.cancelledBy }),
    ...(correlationId !== undefined && { correlationId }),
    names: namesOf(record.deployment),
    steps: expectedSteps(run, records).map(({ name, waitsFor }) => ({
      name,
      waitsFor,
      ...(shown(records.get(name), status) ?? {
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
    ...(expiry && mayExpire(runId, record, instance) && expiryOf(expiry)),
    ...(drift && driftOf(unchangedRun(exists), drift)),
    ...(afterCancel && { afterCancel }),
    ...(undo && { undo: undoOf(id, undo) }),
    ...(deployed && { deployed: { ...deployed, ...(deployedExpiry && expiryOf(deployedExpiry)) } }),
    earlierRuns,
  };
};

/** The resource that each planned step works on. */
const resourceIdIn =
  (run: DeploymentRun | undefined) =>
  (name: string): string | undefined =>
    (run &&
      graphOf(run.deployment, run.steps)
        .all.find((node) => node.name === name)
        ?.step.resourceId(run.deployment)) ||
    undefined;

/** The planned steps; of a run that cannot be read those that it reports. */
const expectedSteps = (run: DeploymentRun | undefined, records: ReadonlyMap<string, StoredStep>) =>
  run ? graphOf(run.deployment, run.steps).all : [...records.keys()].map((name) => ({ name, waitsFor: [] }));

const undoOf = (id: string, undo: Instance): NonNullable<DeploymentResponse['undo']> => {
  const requestedBy = requesterOf(undo);
  const { steps = [], kept = [], inside = [] } = customStatusOf(undo) ?? {};
  return {
    status: deploymentStatus(undo),
    ...(requestedBy && { requestedBy }),
    steps: steps.map(({ wrote: _, ...step }) => step),
    deleted: deletedBy(steps, inside),
    kept: kept.map((each) => keptResponse(id, each)),
  };
};

/** The ids of what an undo deleted; a group stands for what was in it. */
const deletedBy = (steps: readonly StoredStep[], inside: readonly string[]): string[] => {
  const ids = steps.flatMap(({ change, resourceId }) =>
    change === 'deleted' && resourceId !== undefined ? [resourceId] : [],
  );
  return ids.flatMap((id) => (isResourceGroup(id) ? [id, ...inside] : [id]));
};

/** Why something failed; what an undo kept is put into words here, since its own status has no room for all of them. */
const errorOf = (id: string, failed: Instance): DeploymentError => {
  const { error, kept = [] } = customStatusOf(failed) ?? {};
  const inFull = error?.code === OWNER_TAG_MISSING ? ownerTagMissing(id, kept) : undefined;
  return inFull ?? error ?? platformError(failed);
};

/** One that was only just started has no status yet. */
const callbackOf = ({ customStatus }: Instance): CallbackView =>
  storedCallbackViewSchema.safeParse(customStatus).data ?? { state: 'Pending', deliveries: [] };

const expiryOf = (instance: Instance): Pick<DeploymentResponse, 'expiry'> => {
  const expiry = expiryViewOf(instance);
  return expiry && expiry.state !== 'Over' ? { expiry } : {};
};

/** A step that an operator's terminate left unfinished does not go on. */
const shown = (step: StoredStep | undefined, status: DeploymentStatus): StoredStep | undefined => {
  if (!step) return undefined;
  const { wrote: _, underWay: __, ...rest } = step;
  const left = hasEnded(status) && (step.state === 'Running' || step.state === 'Retrying');
  return left ? { ...rest, state: 'Cancelled' } : rest;
};

/** A failure that the orchestrator did not report itself: the platform's own words. */
const platformError = ({ output }: Instance): DeploymentError => ({
  step: 'deployment',
  code: 'OrchestrationFailed',
  message: redactSecrets(typeof output === 'string' ? output : JSON.stringify(output ?? null)).slice(0, 1024),
  class: 'crash',
  remedy: 'This is a fault of the service, not of the request: check its logs, then send the same request again.',
});

/** An ended run in short, to be remembered by the next one. */
export const earlierRunOf = (record: DeploymentRecord, instance: Instance): EarlierRun => {
  const { run, status, error, requestedBy, startedAt, lastUpdatedAt } = deploymentResponse(record, instance, []);
  return {
    run,
    status,
    startedAt,
    endedAt: lastUpdatedAt,
    ...(error && { error: `${error.step}: ${error.code}: ${error.message}`.slice(0, 300) }),
    ...(requestedBy && { requestedBy }),
  };
};

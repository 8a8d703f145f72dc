import type { InvocationContext, Timer } from '@azure/functions';
import { LONGEST_WAIT_SECONDS } from '../deployment/driver/retry-policy.ts';
import {
  branchIdentityOf,
  branchInstancePrefix,
  deploymentIdOf,
  deploymentInstancePrefix,
  undoInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import { hasEnded, isUndoOf, statusWithUndo } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { ACTIVE_STATUSES, type TaskHub } from '../task-hub/task-hub.ts';
import { tellCount } from '../telemetry/deployment-gauges.ts';
import { log } from '../telemetry/log.ts';
import { events } from '../telemetry/telemetry-names.ts';

/** A deployment that makes progress reports more often than this: its longest wait, and what an invocation may take (host.json's functionTimeout). */
const STUCK_AFTER_MS = (LONGEST_WAIT_SECONDS + 600) * 1000;

/** One that has not begun: nobody takes its messages, or the version that could has gone. */
const NOT_BEGUN_AFTER_MS = 15 * 60 * 1000;

/** Counts the deployments by status, and those that are stuck, for the gauges. Runs only where telemetry goes somewhere. */
export const reportDeployments = async (
  { scheduleStatus }: Timer,
  hub: TaskHub,
  context: InvocationContext,
): Promise<void> => {
  const [deployments, branches, undos] = await Promise.all([
    hub.list(deploymentInstancePrefix),
    hub.list(branchInstancePrefix, { runtimeStatus: ACTIVE_STATUSES }),
    hub.list(undoInstancePrefix),
  ]);
  // The occurrence's time is by the clock of whoever keeps the instances' times; see purge-ended-runs.ts.
  const now = Date.parse(scheduleStatus.next);
  const byStatus = new Map<string, number>();
  const undoOf = new Map(undos.map((undo) => [undo.instanceId.slice(undoInstancePrefix.length), undo]));
  let stuck = 0;
  for (const deployment of deployments) {
    const id = deploymentIdOf(deployment.instanceId) ?? '';
    const undo = undoOf.get(id);
    const ofThisRun = undo && isUndoOf(deployment, undo) ? undo : undefined;
    const status = statusWithUndo(deployment, ofThisRun);
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (hasEnded(status) || status === 'AwaitingApproval') continue;
    const parts = branches.filter(({ instanceId }) => branchIdentityOf(instanceId)?.id === id);
    const seconds = quietSeconds([ofThisRun ?? deployment, ...parts], now);
    if (seconds === undefined) continue;
    stuck++;
    const text = `The deployment ${id} is ${status} and has got no further for ${seconds} s.`;
    log(context, 'warn', text, { event: events.deploymentStuck, deployment: id, status, seconds });
  }
  tellCount({ byStatus, stuck });
};

/** For how long nothing has changed, in seconds, when that is too long. */
const quietSeconds = (instances: readonly Instance[], now: number): number | undefined => {
  const quietMs = now - Math.max(...instances.map(({ lastUpdatedTime }) => lastUpdatedTime.getTime()));
  const begun = instances.some(({ runtimeStatus }) => runtimeStatus !== 'Pending');
  return quietMs > (begun ? STUCK_AFTER_MS : NOT_BEGUN_AFTER_MS) ? Math.round(quietMs / 1000) : undefined;
};

import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { classifyFailure } from '../azure/failures/classify-failure.ts';
import { readTenant } from '../azure/readings/read-tenant.ts';
import { preflight } from '../deployment/contracts/preflight-contract.ts';
import type { Running } from '../deployment/driver/reconcile-result.ts';
import { WAITS_FOR_DELETION } from '../deployment/run/waits-for-deletion.ts';
import { type PreflightReport, runPreflight } from '../preflight/run-preflight.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { isEarlierRunBeingDeleted } from '../task-hub/is-earlier-run-being-deleted.ts';
import { log } from '../telemetry/log.ts';
import { events } from '../telemetry/telemetry-names.ts';
import { positionInQueue } from './position-in-queue.ts';
import { stepActivity } from './step-activity.ts';

/** The checkpoint of the second call. */
const INSPECTED_ONCE = 'throttled';

const NOT_RUN: PreflightReport = { findings: [], failures: [] };

/** For a deployment that goes no further: in a subscription that is not there nothing can be read. */
const UNKNOWN_TENANT = '';

/** The outcome of a read, to be had or thrown when it is needed. */
const settled = <T>(read: Promise<T>): Promise<() => Promise<T>> =>
  read.then(
    () => () => read,
    () => () => read,
  );

/** Waits for the deployment's turn, then learns what is cheaper to learn before the first change than after: the subscription's tenant, and all findings. */
export const preflightActivity: TaskHubActivity = (hub) =>
  stepActivity(preflight, async (input, checkpoint, context) => {
    if (await isEarlierRunBeingDeleted(hub, input.deployment.id)) return AFTER_DELETION;
    const place = input.outOfTurn ? 0 : await positionInQueue(hub, { ...input, deploymentId: input.deployment.id });
    if (place > 0) return waitForTurn(place);
    const tenant = settled(readTenant(input.subscriptionId));
    const { findings, failures } = input.skip ? NOT_RUN : await runPreflight(input.deployment);
    const isRefused = findings.some(({ severity }) => severity === 'error');
    const tenantId = isRefused ? UNKNOWN_TENANT : await (await tenant)();
    // If Resource Manager only throttles, checking again is better than not having checked; but once only, because it throttles when many read.
    const throttled = failures.find((failure) => classifyFailure(failure).class === 'throttle');
    if (throttled && checkpoint === undefined) throw new AzureOperationError(throttled, INSPECTED_ONCE);
    // An image that moved is reported by the step that imports it.
    const told = findings.filter(({ rule }) => rule !== 'source-image-moved');
    for (const { rule, severity, message } of told) {
      log(context, 'warn', `preflight: ${severity}: ${message}`, { event: events.preflightFinding, code: rule });
    }
    return { kind: 'done', value: { tenantId, findings: told }, change: 'unchanged' };
  });

const AFTER_DELETION: Running = {
  kind: 'running',
  usualSeconds: 0,
  pollAfterSeconds: 10,
  note: WAITS_FOR_DELETION,
};

/** The further back in the queue, the later the next check. */
const waitForTurn = (place: number): Running => ({
  kind: 'running',
  usualSeconds: 0,
  pollAfterSeconds: 10 + 2 * place,
  note: `Waits for its turn, at place ${place}: as many deployments run as the service allows at once, in this subscription or of one caller.`,
});

import { type Approval, type Decision, decisionEvent, decisionSchema, stateAfter } from '../deployment/run/approval.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import type { Task } from '../task-hub/orchestration.ts';
import type { Cancellation } from './driver/cancellation.ts';

/** No single timer is longer: the platform cuts those of more than six days into legs, which a race had better not meet. */
const LONGEST_SLEEP_MS = 24 * 3600 * 1000;

/**
 * Waits until somebody approves or rejects the run, its time is over, or the deployment is cancelled: whichever is first in the history.
 *
 * @param onChange - is called with the approval before and after the wait.
 */
export function* awaitApproval(
  { run, approval }: Pick<DeploymentRun, 'run' | 'approval'>,
  cancellation: Cancellation,
  onChange: (approval: Approval) => void,
): Generator<Task, Approval, unknown> {
  const requestedAt = cancellation.now;
  const expiresAt = requestedAt + (approval?.timeoutHours ?? 0) * 3600 * 1000;
  const asked = { requestedAt: iso(requestedAt), expiresAt: iso(expiresAt) };
  let decision = cancellation.alsoAwait(decisionEvent(run));
  onChange({ ...asked, state: 'Awaiting' });

  let now = requestedAt;
  while (!cancellation.requested && !decision.isCompleted && now < expiresAt) {
    const instant = Math.min(now + LONGEST_SLEEP_MS, expiresAt);
    yield* cancellation.sleepUntil(instant, decision);
    now = cancellation.now;
    if (decision.isCompleted && !decisionOf(decision)) decision = cancellation.alsoAwait(decisionEvent(run));
  }
  const ended = { ...asked, ...outcomeOf(cancellation, decision), decidedAt: iso(now) };
  onChange(ended);
  return ended;
}

const outcomeOf = (cancellation: Cancellation, event: Task): Pick<Approval, 'state'> & Partial<Approval> => {
  if (cancellation.requested) return { state: 'Cancelled' };
  const decided = decisionOf(event);
  if (!decided) return { state: 'TimedOut' };
  const { decision, ...who } = decided;
  return { state: stateAfter[decision], ...who };
};

/** What an event decides; one that an operator raised by hand in another form decides nothing. */
const decisionOf = (event: Task): Decision | undefined =>
  event.isCompleted ? decisionSchema.safeParse(event.result).data : undefined;

const iso = (instant: number): string => new Date(instant).toISOString();

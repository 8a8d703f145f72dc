import { checkExpiry, type ExpiryReport } from '../deployment/contracts/expiry-contract.ts';
import {
  EXPIRY_EVENT,
  type ExpiryState,
  type ExpiryView,
  expiryFrom,
  expiryView,
  noticedAt,
} from '../deployment/run/expiry.ts';
import { readStored } from '../deployment/run/stored/read-stored.ts';
import {
  type ExpiryRun,
  storedExpiryChangeSchema,
  storedExpirySchema,
} from '../deployment/run/stored/stored-expiry.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { Cancellation } from './driver/cancellation.ts';

const HOUR_MS = 3600 * 1000;

/** A POST announces the expiry before it starts the run: after so long the run is there or will never be. */
const FIRST_LOOK_MS = HOUR_MS / 4;
/** No single timer is longer: the platform cuts those of more than six days into legs, which a race had better not meet. */
const LONGEST_SLEEP_MS = 5 * 24 * HOUR_MS;

/** How often an undo that failed is begun again: for three days. */
const UNDO_POLLS = 72;
const UNDO_POLL_EVERY_MS = HOUR_MS;

/**
 * Waits until a run of a deployment expires and has it undone (instance `e:<id>:<run>`). It belongs to one run, and checks whether that is still the
 * deployment's last: a later run is never undone by it. Another POST for the same run changes or removes the expiry by an event; a cancel or a DELETE ends it.
 */
export const expiryOrchestrator: OrchestrationHandler = function* (context) {
  const run = readStored(storedExpirySchema, context.df.getInput());
  const cancellation = new Cancellation(context);
  let change = cancellation.alsoAwait(EXPIRY_EVENT);
  let { now } = cancellation;
  let expiry = expiryFrom(run.expiresAt, now);
  let lookAt = now + FIRST_LOOK_MS;
  const show = (state: ExpiryState): ExpiryView => {
    const view = expiryView(expiry, state);
    context.df.setCustomStatus(view);
    return view;
  };

  let noticed = false;
  while (now < expiry.expiresAt || !noticed) {
    if (now >= expiry.noticeAt && !noticed) {
      noticed = true;
      expiry = noticedAt(expiry, now);
    }
    show(now < expiry.noticeAt ? 'Scheduled' : 'Expiring');
    const instant = Math.min(lookAt, now < expiry.noticeAt ? expiry.noticeAt : expiry.expiresAt);
    yield* cancellation.sleepUntil(instant, change);
    now = cancellation.now;
    if (cancellation.requested) return show('Over');
    if (change.isCompleted) {
      const changed = storedExpiryChangeSchema.safeParse(change.result).data;
      if (changed?.expiresAt === null) return show('Over');
      if (changed) {
        expiry = expiryFrom(changed.expiresAt, now);
        noticed = false;
      }
      change = cancellation.alsoAwait(EXPIRY_EVENT);
    } else if (now >= lookAt) {
      const { state } = yield* check(context, run, false);
      if (state !== 'waiting') return show('Over');
      lookAt = now + LONGEST_SLEEP_MS;
    }
  }

  for (let poll = 0; poll < UNDO_POLLS && !cancellation.requested; poll++) {
    const { state } = yield* check(context, run, true);
    if (state === 'over') return show('Over');
    const view = show('Expired');
    if (state === 'undone') return view;
    now += UNDO_POLL_EVERY_MS;
    yield* cancellation.sleepUntil(now);
    now = cancellation.now;
  }
  return show('Expired');
};

function* check(
  context: OrchestrationContext,
  { deploymentId, run }: ExpiryRun,
  due: boolean,
): Generator<Task, ExpiryReport, unknown> {
  try {
    const input = { deploymentId, run, due };
    return checkExpiry.report.parse(yield context.df.callActivity(checkExpiry.activity, input));
  } catch {
    // After a crash of the activity: the next check does it.
    return { state: due ? 'undoing' : 'waiting' };
  }
}

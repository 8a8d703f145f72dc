import {
  type EventsReport,
  findEvents,
  type SendReport,
  sendMessage,
} from '../deployment/callbacks/callback-contracts.ts';
import {
  type CallbackRun,
  type Delivery,
  dueDeliveries,
  messageOf,
  nextInstant,
  takeEvents,
  takeSent,
} from '../deployment/callbacks/callback-run.ts';
import { callbackView } from '../deployment/callbacks/callback-view.ts';
import { storedCallbackSchema } from '../deployment/callbacks/stored-callback.ts';
import { readStored } from '../deployment/run/stored/read-stored.ts';
import type { OrchestrationContext, OrchestrationHandler, Task } from '../task-hub/orchestration.ts';
import { sleepThrough } from './driver/cancellation.ts';
import { OrchestrationClock } from './driver/orchestration-clock.ts';

/** After so many turns the history begins anew; a turn makes some ten events. */
const TURNS = 40;

/** After a crash of an activity, which answers everything else itself. */
const AFTER_CRASH_SECONDS = 60;
const MAX_ATTEMPTS = 10;

/**
 * Notifies a caller of how one run of a deployment goes (instance `c:<id>:<run>`): reads its events and sends a signed message for each, again and again over
 * days where the receiver does not take it. It watches from outside, so that the deployment neither waits for a receiver nor has another
 * history because of one, and that the end of one that an operator terminated is sent too.
 */
export const callbackOrchestrator: OrchestrationHandler = function* (context) {
  let run = readStored(storedCallbackSchema, context.df.getInput());
  const clock = new OrchestrationClock(context);
  // The custom status is one of each generation of the history.
  context.df.setCustomStatus(callbackView(run));
  for (let turn = 0; turn < TURNS; turn++) {
    if (!run.over && (run.lookAt ?? 0) <= clock.now)
      run = takeEvents(run, yield* findNewEvents(context, run, clock.now), clock.now);
    for (const { sequence } of dueDeliveries(run, clock.now)) {
      // The one before may have ended all.
      const delivery = run.deliveries.find((each) => each.sequence === sequence);
      if (delivery?.dueAt === undefined) continue;
      run = takeSent(run, sequence, yield* send(context, run, delivery), clock.now);
      context.df.setCustomStatus(callbackView(run));
    }
    context.df.setCustomStatus(callbackView(run));
    const next = nextInstant(run);
    if (next === undefined) return callbackView(run);
    if (next <= clock.now) continue;
    yield* sleepThrough(context, next);
    clock.reached(next);
  }
  context.df.continueAsNew(run);
  return undefined;
};

function* findNewEvents(
  context: OrchestrationContext,
  { deploymentId, run, correlationId, events, urls, sent, lastEventAt }: CallbackRun,
  now: number,
): Generator<Task, EventsReport, unknown> {
  const about = { deploymentId, run, ...(correlationId !== undefined && { correlationId }) };
  const input = { ...about, events, urls, sent, quietSeconds: (now - (lastEventAt ?? now)) / 1000 };
  try {
    return findEvents.report.parse(yield context.df.callActivity(findEvents.activity, input));
  } catch {
    return { events: [], over: false, requeueAfterSeconds: AFTER_CRASH_SECONDS };
  }
}

function* send(
  context: OrchestrationContext,
  run: CallbackRun,
  delivery: Delivery,
): Generator<Task, SendReport, unknown> {
  const { deploymentId, run: runId, sealedUrl } = run;
  const { attempts } = delivery;
  const input = { deploymentId, run: runId, sealedUrl, ...messageOf(run, delivery), attempts };
  try {
    return sendMessage.report.parse(yield context.df.callActivity(sendMessage.activity, input));
  } catch {
    const error = 'the sending failed inside the service';
    if (attempts + 1 >= MAX_ATTEMPTS) return { kind: 'failed', error };
    return { kind: 'retry', requeueAfterSeconds: AFTER_CRASH_SECONDS, error };
  }
}

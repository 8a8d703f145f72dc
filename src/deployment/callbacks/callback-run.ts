import { type CallbackEvent, type EventsReport, eventKey, type SendReport } from './callback-contracts.ts';

/** The `type` of each event's message. */
const messageTypes: Readonly<Record<string, string>> = {
  ended: 'deployment.ended',
  step: 'deployment.step_ended',
  awaitingApproval: 'deployment.awaiting_approval',
  expiring: 'deployment.expiring',
  drift: 'deployment.drift',
};

/** One message and how far it came. Instants in milliseconds are the orchestration's own clock. */
export interface Delivery extends Omit<CallbackEvent, 'data'> {
  /** 1 for the first message of the run; part of it, because retries may change the order. */
  readonly sequence: number;
  /** `Pending`, `Delivered` or `Failed`. */
  readonly state: string;
  readonly attempts: number;
  readonly lastAttemptAt?: string | undefined;
  /** The receiver's last answer. */
  readonly status?: number | undefined;
  readonly error?: string | undefined;
  /** When it is sent next; absent once it is settled. */
  readonly dueAt?: number | undefined;
  /** Let go once it is settled. */
  readonly data?: CallbackEvent['data'] | undefined;
}

/** The input of the orchestration that notifies a caller of how a run goes, and where that stands; read back by stored-callback.ts. */
export interface CallbackRun {
  readonly schemaVersion: number;
  readonly deploymentId: string;
  readonly run: string;
  readonly correlationId?: string | undefined;
  /** See callbacks/seal-url.ts. */
  readonly sealedUrl: string;
  readonly events: readonly string[];
  /** The deployment's addresses, as the caller sees them. */
  readonly urls: Readonly<Record<string, string>>;
  /** The keys of what was sent already. */
  readonly sent: readonly string[];
  readonly deliveries: readonly Delivery[];
  /** When to check for events; absent before the first check. */
  readonly lookAt?: number | undefined;
  /** When something happened last. */
  readonly lastEventAt?: number | undefined;
  /** Whether nothing more will happen. */
  readonly over: boolean;
}

/** Takes in what a check for events found. */
export const takeEvents = (
  run: CallbackRun,
  { events, over, requeueAfterSeconds }: EventsReport,
  now: number,
): CallbackRun => {
  const fresh = events.filter((each) => !run.sent.includes(eventKey(each)));
  return {
    ...run,
    over,
    lookAt: dueAfter(now, requeueAfterSeconds),
    lastEventAt: fresh.length > 0 ? now : (run.lastEventAt ?? now),
    sent: [...run.sent, ...fresh.map(eventKey)],
    deliveries: [
      ...run.deliveries,
      ...fresh.map((each, index) => toDelivery(each, run.deliveries.length + index + 1, now)),
    ],
  };
};

const toDelivery = (events: CallbackEvent, sequence: number, now: number): Delivery => ({
  ...events,
  sequence,
  state: 'Pending',
  attempts: 0,
  dueAt: now,
});

/** The messages that are to be sent now, in the order of their events. */
export const dueDeliveries = ({ deliveries }: CallbackRun, now: number): readonly Delivery[] =>
  deliveries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);

/** The message of a delivery: the same at every attempt. */
export const messageOf = ({ deploymentId, run }: CallbackRun, delivery: Delivery) => {
  const { event, sequence, occurredAt, data } = delivery;
  return {
    messageId: `msg_${deploymentId}_${run}_${sequence}`,
    type: messageTypes[event] ?? `deployment.${event}`,
    occurredAt,
    data: { ...data, sequence },
  };
};

/** Takes in how sending a message went. After 410 Gone nothing is sent any more, and nothing checked for. */
export const takeSent = (run: CallbackRun, sequence: number, report: SendReport, now: number): CallbackRun => {
  const deliveries = run.deliveries.map((each) =>
    each.sequence === sequence ? afterAttempt(each, report, now) : each,
  );
  if (report.kind !== 'failed' || !report.gone) return { ...run, deliveries };
  return {
    ...run,
    over: true,
    deliveries: deliveries.map((each) => (each.dueAt === undefined ? each : giveUp(each, GONE))),
  };
};

const GONE = 'not sent: the receiver had answered 410 Gone';

const afterAttempt = (delivery: Delivery, report: SendReport, now: number): Delivery => {
  const { error: _, status: __, ...rest } = delivery;
  const { kind, status } = report;
  const attempted = {
    ...rest,
    attempts: delivery.attempts + 1,
    lastAttemptAt: new Date(now).toISOString(),
    ...(status !== undefined && { status }),
  };
  switch (kind) {
    case 'delivered':
      return settle({ ...attempted, state: 'Delivered' });
    case 'retry':
      return { ...attempted, error: report.error, dueAt: dueAfter(now, report.requeueAfterSeconds) };
    case 'failed':
      return giveUp(attempted, report.error);
  }
};

const giveUp = (delivery: Delivery, error: string): Delivery => settle({ ...delivery, state: 'Failed', error });

const settle = ({ dueAt: _, data: __, ...delivery }: Delivery): Delivery => delivery;

/** When there is something to do next; undefined when all is done. */
export const nextInstant = ({ over, lookAt = 0, deliveries }: CallbackRun): number | undefined => {
  const instants = [
    ...(over ? [] : [lookAt]),
    ...deliveries.flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt])),
  ];
  return instants.length === 0 ? undefined : Math.min(...instants);
};

/** Whole milliseconds, as a timer has them. */
const dueAfter = (now: number, requeueAfterSeconds: number): number => Math.ceil(now + requeueAfterSeconds * 1000);

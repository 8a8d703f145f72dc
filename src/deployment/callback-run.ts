import { z } from 'zod';
import {
  type CallbackNews,
  callbackNewsSchema,
  type NewsReport,
  newsKey,
  type SendReport,
  urlsSchema,
} from './callback-contracts.ts';
import { type CallbackEvent, callbackEvents } from './deployment-options.ts';

/** The `type` of each event's message. */
const messageTypes: Readonly<Record<CallbackEvent, string>> = {
  ended: 'deployment.ended',
  step: 'deployment.step_ended',
  awaitingApproval: 'deployment.awaiting_approval',
  expiring: 'deployment.expiring',
  drift: 'deployment.drift',
};

/** One message and how far it came. Instants in milliseconds are the orchestration's own clock. */
const deliverySchema = callbackNewsSchema.extend({
  /** 1 for the first message of the run; part of it, because retries may change the order. */
  sequence: z.number(),
  state: z.enum(['Pending', 'Delivered', 'Failed']),
  attempts: z.number(),
  lastAttemptAt: z.string().optional(),
  /** The receiver's last answer. */
  status: z.number().optional(),
  error: z.string().optional(),
  /** When it is sent next; absent once it is settled. */
  dueAt: z.number().optional(),
  /** Let go once it is settled. */
  data: callbackNewsSchema.shape.data.optional(),
});

export type Delivery = z.infer<typeof deliverySchema>;

/** The input of the orchestration that tells a caller how a run goes, and where that stands. */
export const callbackRunSchema = z.object({
  deploymentId: z.string(),
  run: z.string(),
  correlationId: z.string().optional(),
  /** See callbacks/seal-url.ts. */
  sealedUrl: z.string(),
  events: z.array(z.enum(callbackEvents)),
  /** The deployment's addresses, as the caller sees them. */
  urls: urlsSchema,
  /** The keys of what was told already. */
  told: z.array(z.string()).default([]),
  deliveries: z.array(deliverySchema).default([]),
  /** When to look for news; absent before the first look. */
  lookAt: z.number().optional(),
  /** When something happened last. */
  newsAt: z.number().optional(),
  /** Whether nothing more will happen. */
  over: z.boolean().default(false),
});

export type CallbackRun = z.infer<typeof callbackRunSchema>;

/** Takes in what a look found. */
export const takeNews = (run: CallbackRun, { news, over, delaySeconds }: NewsReport, now: number): CallbackRun => {
  const fresh = news.filter((each) => !run.told.includes(newsKey(each)));
  return {
    ...run,
    over,
    lookAt: dueAfter(now, delaySeconds),
    newsAt: fresh.length > 0 ? now : (run.newsAt ?? now),
    told: [...run.told, ...fresh.map(newsKey)],
    deliveries: [
      ...run.deliveries,
      ...fresh.map((each, index) => toDelivery(each, run.deliveries.length + index + 1, now)),
    ],
  };
};

const toDelivery = (news: CallbackNews, sequence: number, now: number): Delivery => ({
  ...news,
  sequence,
  state: 'Pending',
  attempts: 0,
  dueAt: now,
});

/** The messages that are to be sent now, in the order of what they tell. */
export const dueDeliveries = ({ deliveries }: CallbackRun, now: number): readonly Delivery[] =>
  deliveries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);

/** The message of a delivery: the same at every attempt. */
export const messageOf = ({ deploymentId, run }: CallbackRun, delivery: Delivery) => {
  const { event, sequence, occurredAt, data } = delivery;
  return {
    messageId: `msg_${deploymentId}_${run}_${sequence}`,
    type: messageTypes[event],
    occurredAt,
    data: { ...data, sequence },
  };
};

/** Takes in how sending a message went. After 410 Gone nothing is sent any more, and nothing looked for. */
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
      return { ...attempted, error: report.error, dueAt: dueAfter(now, report.delaySeconds) };
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
const dueAfter = (now: number, delaySeconds: number): number => Math.ceil(now + delaySeconds * 1000);

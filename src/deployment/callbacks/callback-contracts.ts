import { z } from 'zod';

/**
 * What the orchestration of callbacks and its two activities pass to each other. All of it is stored in the durable history: the URL only sealed.
 */

export const urlsSchema = z.record(z.string(), z.string());

/** Something that happened, as it will be sent. */
export const callbackEventSchema = z.object({
  /** One of `callbackEvents`, unless another release knows more. */
  event: z.string(),
  /** The step that ended. */
  step: z.string().optional(),
  /** Which it is of several of its kind. */
  occurrence: z.string().optional(),
  /** ISO 8601. */
  occurredAt: z.string(),
  /** What the message says about it. */
  data: z.record(z.string(), z.unknown()),
});

export type CallbackEvent = z.infer<typeof callbackEventSchema>;

/** What events is known by: each is sent once. */
export const eventKey = ({ event, step, occurrence }: Pick<CallbackEvent, 'event' | 'step' | 'occurrence'>): string =>
  [event, step ?? occurrence].filter((part) => part !== undefined).join(':');

export const findEvents = {
  activity: 'findEvents',
  input: z.object({
    deploymentId: z.string(),
    run: z.string(),
    correlationId: z.string().optional(),
    events: z.array(z.string()),
    urls: urlsSchema,
    /** The keys of what was sent already. */
    sent: z.array(z.string()),
    /** Seconds since something happened last. */
    quietSeconds: z.number(),
  }),
  report: z.object({
    events: z.array(callbackEventSchema),
    /** Whether nothing more will happen. */
    over: z.boolean(),
    /** When to check again. */
    requeueAfterSeconds: z.number(),
  }),
};

export type EventsReport = z.infer<typeof findEvents.report>;

export const sendMessage = {
  activity: 'sendMessage',
  input: z.object({
    deploymentId: z.string(),
    run: z.string(),
    sealedUrl: z.string(),
    messageId: z.string(),
    type: z.string(),
    occurredAt: z.string(),
    data: z.record(z.string(), z.unknown()),
    /** How often it was sent before. */
    attempts: z.number(),
  }),
  report: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('delivered'), status: z.number() }),
    z.object({
      kind: z.literal('retry'),
      requeueAfterSeconds: z.number(),
      status: z.number().optional(),
      error: z.string(),
    }),
    z.object({
      kind: z.literal('failed'),
      status: z.number().optional(),
      error: z.string(),
      /** The receiver wants nothing more, ever. */
      gone: z.boolean().optional(),
    }),
  ]),
};

export type SendReport = z.infer<typeof sendMessage.report>;

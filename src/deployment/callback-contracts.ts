import { z } from 'zod';
import { callbackEvents } from './deployment-options.ts';

/**
 * What the orchestration of callbacks and its two activities tell each other. All of it is stored in the durable history: the URL only sealed.
 */

export const urlsSchema = z.record(z.string(), z.string());

/** Something that happened, as it will be told. */
export const callbackNewsSchema = z.object({
  event: z.enum(callbackEvents),
  /** The step that ended. */
  step: z.string().optional(),
  /** Which it is of several of its kind. */
  occurrence: z.string().optional(),
  /** ISO 8601. */
  occurredAt: z.string(),
  /** What the message says about it. */
  data: z.record(z.string(), z.unknown()),
});

export type CallbackNews = z.infer<typeof callbackNewsSchema>;

/** What news is known by: each is told once. */
export const newsKey = ({ event, step, occurrence }: Pick<CallbackNews, 'event' | 'step' | 'occurrence'>): string =>
  [event, step ?? occurrence].filter((part) => part !== undefined).join(':');

export const findNews = {
  activity: 'findNews',
  input: z.object({
    deploymentId: z.string(),
    run: z.string(),
    correlationId: z.string().optional(),
    events: z.array(z.enum(callbackEvents)),
    urls: urlsSchema,
    /** The keys of what was told already. */
    told: z.array(z.string()),
    /** Seconds since something happened last. */
    quietSeconds: z.number(),
  }),
  report: z.object({
    news: z.array(callbackNewsSchema),
    /** Whether nothing more will happen. */
    over: z.boolean(),
    /** When to look again. */
    delaySeconds: z.number(),
  }),
};

export type NewsReport = z.infer<typeof findNews.report>;

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
      delaySeconds: z.number(),
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

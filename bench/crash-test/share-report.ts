import * as z from 'zod';
import { repeatKinds } from './count-writes.ts';
import { commitOrders, dropSchema } from './drop.ts';

export const shareOptionsSchema = z.object({
  /** Which of so many shares. */
  share: z.number(),
  shares: z.number(),
  from: z.number(),
  to: z.number().optional(),
  every: z.number(),
});

/** Which drops a process tries: every so many commits of a range, dealt out among the shares. */
export type ShareOptions = z.output<typeof shareOptionsSchema>;

const baselineSchema = z.object({
  commits: z.record(z.enum(commitOrders), z.number()),
  events: z.number(),
  faults: z.array(z.string()),
});

/** What an undisturbed deployment takes, in both orders. */
export type Baseline = z.output<typeof baselineSchema>;

const trialSchema = z.object({
  drop: dropSchema,
  /** False when the deployment had ended before that commit. */
  dropped: z.boolean(),
  faults: z.array(z.string()),
  duplicates: z.array(z.string()),
  repeats: z.record(z.enum(repeatKinds), z.number()),
  sentAtOnce: z.array(z.string()),
});

/** What came of one drop. */
export type Trial = z.output<typeof trialSchema>;

/** What a process sends to the one that started it. */
export const shareMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('baseline'), baseline: baselineSchema, drops: z.number() }),
  z.object({ kind: z.literal('trial'), trial: trialSchema }),
]);

export type ShareMessage = z.output<typeof shareMessageSchema>;

import { z } from 'zod';
import { schemaVersion } from '../run/stored/schema-version.ts';
import { ifReadable, readableOf } from '../run/stored/tolerant.ts';
import { urlsSchema } from './callback-contracts.ts';
import type { CallbackRun, Delivery } from './callback-run.ts';
import type { CallbackView, DeliveryView } from './callback-view.ts';

const storedDeliverySchema: z.ZodType<Delivery> = z.looseObject({
  event: z.string(),
  step: z.string().optional(),
  occurrence: z.string().optional(),
  occurredAt: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
  sequence: z.number(),
  state: z.string(),
  attempts: z.number().default(0),
  lastAttemptAt: z.string().optional(),
  status: z.number().optional(),
  error: z.string().optional(),
  dueAt: z.number().optional(),
});

/** The input of the orchestration that notifies a caller of how a run goes, as any release stored it. */
export const storedCallbackSchema: z.ZodType<CallbackRun> = z.looseObject({
  schemaVersion,
  deploymentId: z.string(),
  run: z.string(),
  correlationId: z.string().optional(),
  sealedUrl: z.string(),
  events: z.array(z.string()).default(['ended']),
  urls: urlsSchema.default({}),
  sent: z.array(z.string()).default([]),
  deliveries: z.array(storedDeliverySchema).default([]),
  lookAt: z.number().optional(),
  lastEventAt: z.number().optional(),
  over: z.boolean().default(false),
});

const storedDeliveryViewSchema: z.ZodType<DeliveryView> = z.looseObject({
  event: z.string(),
  step: z.string().optional(),
  state: z.string(),
  attempts: z.number().default(0),
  lastAttemptAt: z.string().optional(),
  nextAttemptAt: z.string().optional(),
  status: z.number().optional(),
  error: z.string().optional(),
});

/** Its custom status; deliveries that cannot be read are left out. */
export const storedCallbackViewSchema: z.ZodType<CallbackView> = z.looseObject({
  state: z.string(),
  deliveries: ifReadable(readableOf(storedDeliveryViewSchema)).transform((deliveries) => deliveries ?? []),
});

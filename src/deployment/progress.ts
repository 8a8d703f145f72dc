import { z } from 'zod';
import { changes, stepErrorSchema } from './step.ts';

const runningSchema = z.object({
  kind: z.literal('running'),
  /** How long the operation usually takes, in seconds from its start. */
  usualSeconds: z.number().optional(),
  /** What the next look needs; returned only when it is new (the driver keeps the last one). */
  resume: z.string().optional(),
  /** Azure's Retry-After: the next look comes no sooner. */
  pollAfterSeconds: z.number().optional(),
  resourceId: z.string().optional(),
});

const retrySchema = z.object({
  kind: z.literal('retry'),
  error: stepErrorSchema,
  /** The service's Retry-After; wins over the backoff of the error's class. */
  retryAfterSeconds: z.number().optional(),
  /** Between 0 and 1, drawn by the activity: orchestrators have no random numbers. */
  jitter: z.number().min(0).max(1).optional(),
  /** Takes the place of what the driver kept, when the operation that it names has failed. */
  resume: z.string().optional(),
});

const failedSchema = z.object({ kind: z.literal('failed'), error: stepErrorSchema });

const doneSchema = <T extends z.ZodType>(value: T) =>
  z.object({
    kind: z.literal('done'),
    value,
    change: z.enum(changes),
    changed: z.array(z.string()).optional(),
    resourceId: z.string().optional(),
    note: z.string().optional(),
  });

/** The shape of {@link Progress} for a step whose value has the given schema. */
export const progressSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('kind', [doneSchema(value), runningSchema, retrySchema, failedSchema]);

/**
 * What one call of an activity found or moved. An activity is one look and one idempotent move, a reconciliation in the
 * Kubernetes sense; it never waits. The driver (orchestrators/drive-steps.ts) calls it until it is `done` or `failed`.
 */
export type Progress<T> =
  | Done<T>
  | z.infer<typeof runningSchema>
  | z.infer<typeof retrySchema>
  | z.infer<typeof failedSchema>;

export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
  readonly change: (typeof changes)[number];
  readonly changed?: string[] | undefined;
  readonly resourceId?: string | undefined;
  readonly note?: string | undefined;
}

import { z } from 'zod';
import { pollDelaySeconds } from './polling-schedule.ts';
import type { ReconcileResult } from './reconcile-result.ts';
import { retryDelaySeconds } from './retry-policy.ts';
import { changes, recordedErrorSchema } from './step.ts';

/** What the driver passes to an activity: the step's input, and how far it is. */
export const stepCallSchema = z.object({
  /** For logs and traces only: the step's name in the status, its run where the instance id does not name it, its age in seconds. */
  step: z.string().optional(),
  run: z.string().optional(),
  ageSeconds: z.number().optional(),
  input: z.unknown(),
  /** What the activity said that it would need. */
  checkpoint: z.string().optional(),
  /** Whether the whole deployment waits for this step. */
  critical: z.boolean(),
  /** Seconds since the operation was first seen running. */
  runningSeconds: z.number(),
  /** How often each class of error was retried. */
  retries: z.record(z.string(), z.number()),
});

export type StepCallData = z.infer<typeof stepCallSchema>;

/** Whether the call sent something that may have changed what exists. What is done says so by its `change`. */
const wrote = z.boolean().optional();

/** What the driver gets back for a step whose value has the given schema: the end, or how long to wait before the next call. */
export const activityResultSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('done'),
      value,
      change: z.enum(changes),
      changed: z.array(z.string()).readonly().optional(),
      resourceId: z.string().optional(),
      digest: z.string().optional(),
      note: z.string().optional(),
    }),
    z.object({
      kind: z.literal('wait'),
      requeueAfterSeconds: z.number(),
      /** Present when the call failed and is to be tried again, absent when Azure is at work. */
      error: recordedErrorSchema.optional(),
      checkpoint: z.string().optional(),
      resourceId: z.string().optional(),
      note: z.string().optional(),
      wrote,
    }),
    z.object({ kind: z.literal('failed'), error: recordedErrorSchema, wrote }),
  ]);

export type ActivityResult = z.infer<ReturnType<typeof activityResultSchema<z.ZodUnknown>>>;

/**
 * Decides what follows from what an activity found or changed. Waits are decided here, on the activity's side, and so stand in the durable history: a release that
 * polls earlier or later does not change the course of the deployments that are running.
 *
 * @param jitter - 0 to 1, drawn by the activity: orchestrators have no random numbers.
 */
export const activityResultOf = (
  progress: ReconcileResult<unknown>,
  call: StepCallData,
  jitter: number,
): ActivityResult => {
  switch (progress.kind) {
    case 'done':
    case 'failed':
      return progress;
    case 'running': {
      const { usualSeconds, pollAfterSeconds, checkpoint, resourceId, note } = progress;
      const { critical, runningSeconds } = call;
      const requeueAfterSeconds = pollDelaySeconds({
        critical,
        ageSeconds: runningSeconds,
        usualSeconds,
        pollAfterSeconds,
      });
      return { kind: 'wait', requeueAfterSeconds, checkpoint, resourceId, note };
    }
    case 'retry': {
      const { error, retryAfterSeconds, checkpoint } = progress;
      const retries = call.retries[error.class] ?? 0;
      const requeueAfterSeconds = retryDelaySeconds(error.class, retries, retryAfterSeconds, jitter);
      return requeueAfterSeconds === undefined
        ? { kind: 'failed', error }
        : { kind: 'wait', requeueAfterSeconds, error, checkpoint };
    }
  }
};

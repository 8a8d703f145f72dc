import type { z } from 'zod';
import { type ActivityResult, activityResultSchema } from './activity-result.ts';

/**
 * What one kind of step takes and gives, shared by the orchestrator that drives it and the activity that carries it out. Inputs and values are stored
 * in the durable history: they hold names and ids, never a secret.
 */
export interface StepContract<I, T> {
  /** The activity's registered name. */
  readonly activity: string;
  readonly input: z.ZodType<I>;
  readonly value: z.ZodType<T>;
  /** What the activity reports; made once, since every replay reads every report. */
  readonly report: z.ZodType<ActivityResult>;
  /** The step fails when it is not done after so many seconds. */
  readonly deadlineSeconds: number;
}

/** The contract of an activity that is driven like a step and is no step of the graph. */
export const stepContract = <I, T>(
  activity: string,
  input: z.ZodType<I>,
  value: z.ZodType<T>,
  deadlineMinutes: number,
): StepContract<I, T> => ({
  activity,
  input,
  value,
  report: activityResultSchema(value),
  deadlineSeconds: deadlineMinutes * 60,
});

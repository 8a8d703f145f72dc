import { z } from 'zod';
import type { UnderWay } from './under-way.ts';

/** Why something failed, as far as it decides what happens next. `permanent` is never retried; the others have a backoff of their own. */
export const errorClasses = [
  'throttle',
  'transient',
  'replication',
  'busy',
  'external-limit',
  'capacity',
  'crash',
  'permanent',
] as const;

export type ErrorClass = (typeof errorClasses)[number];

/** A failure of a step in Azure's own words, and what a person can do about it. Never holds a secret: see {@link redactSecrets}. */
export const stepErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  class: z.enum(errorClasses),
  /** The HTTP status of Azure's answer. */
  status: z.number().optional(),
  /** Azure's correlation id: what its support asks for. */
  correlationId: z.string().optional(),
  remedy: z.string().optional(),
});

export type StepError = z.infer<typeof stepErrorSchema>;

/** The same as it is recorded: `class` is an {@link ErrorClass}, unless another release knows more. */
export const recordedErrorSchema = stepErrorSchema.extend({ class: z.string() });

export type RecordedError = z.infer<typeof recordedErrorSchema>;

export const stepStates = ['Waiting', 'Running', 'Retrying', 'Succeeded', 'Failed', 'Cancelled', 'Skipped'] as const;

export type StepState = (typeof stepStates)[number];

export const changes = ['created', 'updated', 'unchanged', 'deleted'] as const;

export type Change = (typeof changes)[number];

/** What is known of one step of one run. Instants are ISO 8601 in UTC, taken from the orchestration's own clock. */
export const stepStatusSchema = z.object({
  name: z.string(),
  state: z.enum(stepStates),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** How often the step was tried: 1 and one more for each retry after an error. */
  attempts: z.number(),
  /** How often a running operation was polled. */
  polls: z.number(),
  resourceId: z.string().optional(),
  change: z.enum(changes).optional(),
  /** The properties that an update changed. */
  changed: z.array(z.string()).optional(),
  /** The digest that an image was imported by; only in the profile `hardened`. */
  digest: z.string().optional(),
  /** What a person should know though nothing failed. */
  note: z.string().optional(),
  error: stepErrorSchema.optional(),
});

export interface StepStatus extends Omit<z.infer<typeof stepStatusSchema>, 'error'> {
  readonly error?: RecordedError | undefined;
  /** Whether it sent something that may have changed what exists; absent once `change` says that it did. Recorded, not shown. */
  readonly wrote?: boolean | undefined;
  /** What Azure was at work on when the step was cancelled. Recorded, not shown. */
  readonly underWay?: UnderWay | undefined;
}

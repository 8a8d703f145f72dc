import { z } from 'zod';
import type { RecordedError, StepStatus } from '../../driver/step.ts';
import { storedUnderWaySchema } from '../../driver/under-way.ts';
import type { Finding } from '../../plan/finding.ts';
import { storedActorSchema } from '../actor.ts';
import type { DeploymentError } from '../deployment-run.ts';
import { keptSchema } from '../kept.ts';
import { storedApprovalSchema } from './stored-approval.ts';
import { ifReadable, readableOf, textsSchema } from './tolerant.ts';

const errorShape = {
  code: z.string(),
  message: z.string().default(''),
  class: z.string().default('permanent'),
  status: z.number().optional(),
  correlationId: z.string().optional(),
  remedy: z.string().optional(),
};

export const storedErrorSchema: z.ZodType<DeploymentError> = z.looseObject({
  ...errorShape,
  step: z.string().default('deployment'),
});

/** A step's status as any release stored it: states, changes and classes of errors are texts. */
export interface StoredStep extends Omit<StepStatus, 'state' | 'change'> {
  readonly state: string;
  readonly change?: string | undefined;
}

const storedStepErrorSchema: z.ZodType<RecordedError> = z.looseObject(errorShape);

export const storedStepSchema: z.ZodType<StoredStep> = z.looseObject({
  name: z.string(),
  state: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  attempts: z.number().default(0),
  polls: z.number().default(0),
  resourceId: z.string().optional(),
  change: z.string().optional(),
  changed: z.array(z.string()).optional(),
  digest: z.string().optional(),
  note: z.string().optional(),
  wrote: ifReadable(z.boolean()),
  error: ifReadable(storedStepErrorSchema),
  underWay: ifReadable(storedUnderWaySchema),
});

/** The steps of a stored status or output; what cannot be read is left out. */
export const readableStepsSchema = readableOf(storedStepSchema);

/** The same where there may be none. */
export const storedStepsSchema = readableStepsSchema.default([]);

export interface StoredFinding extends Omit<Finding, 'severity'> {
  readonly severity: string;
}

const storedFindingSchema: z.ZodType<StoredFinding> = z.looseObject({
  rule: z.string(),
  severity: z.string(),
  message: z.string(),
  remedy: z.string().default(''),
  step: z.string().optional(),
  help: z.string().default(''),
});

/** The custom status of an orchestration of a deployment as any release stored it. A part that cannot be read does not hide the others. */
export const storedStatusSchema = z.looseObject({
  run: ifReadable(z.string()),
  steps: storedStepsSchema.catch([]),
  warnings: ifReadable(readableOf(z.string())),
  findings: ifReadable(readableOf(storedFindingSchema)),
  kept: ifReadable(readableOf(keptSchema)),
  inside: ifReadable(readableOf(z.string())),
  waiting: ifReadable(z.string()),
  approval: ifReadable(storedApprovalSchema),
  error: ifReadable(storedErrorSchema),
  finishing: ifReadable(z.boolean()),
  cancelled: ifReadable(z.boolean()),
  cancelledBy: ifReadable(storedActorSchema),
});

export type StoredStatus = z.infer<typeof storedStatusSchema>;

/** The output of a deployment that succeeded. */
export interface DeploymentResult {
  readonly steps: readonly StoredStep[];
  readonly warnings: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** The same as any release stored it: outputs that are no texts are left out. */
export const storedResultSchema = z.looseObject({
  steps: storedStepsSchema.catch([]),
  outputs: ifReadable(textsSchema),
});

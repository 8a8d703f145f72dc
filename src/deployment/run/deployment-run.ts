import { z } from 'zod';
import { stepErrorSchema, stepStatusSchema } from '../driver/step.ts';
import { findingSchema } from '../plan/finding.ts';
import { deploymentSchema } from '../request/resolve-deployment.ts';
import { actorSchema } from './actor.ts';
import { approvalSchema } from './approval.ts';

/** How many earlier runs a deployment remembers. */
export const EARLIER_RUNS_KEPT = 10;

/** An earlier run of the same deployment, in short. */
export const earlierRunSchema = z.object({
  run: z.string(),
  status: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  error: z.string().optional(),
  requestedBy: actorSchema.optional(),
});

export type EarlierRun = z.infer<typeof earlierRunSchema>;

/** Settings that decide the course of a run. */
export const runSettingsSchema = z.object({ imageImportConcurrency: z.number() });

/** The input of the deployment orchestration (instance `d:<id>`). */
export const deploymentRunSchema = z.object({
  /** Different for every run, so that its sub-orchestrations never meet those of an earlier one. */
  run: z.string(),
  /** See `deploymentHash`: two starts at the same moment are told apart by run and hash. */
  hash: z.string(),
  deployment: deploymentSchema,
  /** Settings that decide the course of the orchestration; read once, at the start, because orchestrators may not read settings. */
  settings: runSettingsSchema,
  /** The names of the steps that it began with: a step that a later version adds is not carried out. All of them when absent. */
  steps: z.array(z.string()).optional(),
  /** Whether the first step leaves out the preflight. */
  skipPreflight: z.boolean().default(false),
  earlierRuns: z.array(earlierRunSchema).default([]),
  /** Present when somebody has to approve the run before its first change. */
  approval: z.object({ timeoutHours: z.number() }).optional(),
  /** Who asked for this run; absent where callers are not told apart. */
  requestedBy: actorSchema.optional(),
  /** The object id of who first asked for the deployment: to that caller it belongs. */
  owner: z.string().optional(),
});

export type DeploymentRun = z.infer<typeof deploymentRunSchema>;

/** Which step stopped a deployment, and why. */
export const deploymentErrorSchema = stepErrorSchema.extend({ step: z.string() });

export type DeploymentError = z.infer<typeof deploymentErrorSchema>;

/** The custom status of every orchestration of a deployment: the steps that it drives itself, and the first error. */
export const orchestrationStatusSchema = z.object({
  /** The deployment's run; absent in a branch. */
  run: z.string().optional(),
  steps: z.array(stepStatusSchema),
  warnings: z.array(z.string()).optional(),
  /** What the preflight found, when it refused the deployment. */
  findings: z.array(findingSchema).optional(),
  /** Why nothing has begun yet. */
  waiting: z.string().optional(),
  /** Present once the run has asked for approval. */
  approval: approvalSchema.optional(),
  error: deploymentErrorSchema.optional(),
  /** The deployment was stopped on request: its instance completes, but not with outputs. */
  cancelled: z.boolean().optional(),
  cancelledBy: actorSchema.optional(),
});

export type OrchestrationStatus = z.infer<typeof orchestrationStatusSchema>;

/** The output of a deployment that succeeded. */
export const deploymentResultSchema = z.object({
  steps: z.array(stepStatusSchema),
  warnings: z.array(z.string()),
  outputs: z.record(z.string(), z.string()),
});

export type DeploymentResult = z.infer<typeof deploymentResultSchema>;

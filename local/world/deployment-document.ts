import * as z from 'zod';

const errorSchema = z.looseObject({
  step: z.string().optional(),
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
});

const stepSchema = z.looseObject({
  name: z.string(),
  state: z.string(),
  waitsFor: z.array(z.string()),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  attempts: z.number(),
  polls: z.number(),
  change: z.string().optional(),
  changed: z.array(z.string()).optional(),
  resourceId: z.string().optional(),
  error: errorSchema.optional(),
});

const deliverySchema = z.looseObject({
  event: z.string(),
  step: z.string().optional(),
  state: z.string(),
  attempts: z.number(),
  lastAttemptAt: z.string().optional(),
  nextAttemptAt: z.string().optional(),
  status: z.number().optional(),
  error: z.string().optional(),
});

/** The whole status document of a deployment, as tests and measurements read it. */
export const deploymentDocumentSchema = z.looseObject({
  id: z.string(),
  run: z.string(),
  status: z.string(),
  createdAt: z.string(),
  startedAt: z.string(),
  lastUpdatedAt: z.string(),
  steps: z.array(stepSchema),
  warnings: z.array(z.string()),
  error: errorSchema.optional(),
  waiting: z.string().optional(),
  findings: z.array(z.looseObject({ rule: z.string(), severity: z.string() })).optional(),
  reason: z.string().optional(),
  approval: z
    .looseObject({
      state: z.string(),
      requestedAt: z.string(),
      expiresAt: z.string(),
      decidedAt: z.string().optional(),
      by: z.string().optional(),
    })
    .optional(),
  callback: z.looseObject({ state: z.string(), deliveries: z.array(deliverySchema) }).optional(),
  expiry: z.looseObject({ state: z.string(), expiresAt: z.string(), noticeAt: z.string() }).optional(),
  drift: z
    .looseObject({ checkedAt: z.string(), changes: z.number().optional(), error: z.string().optional() })
    .optional(),
  undo: z.looseObject({ status: z.string() }).optional(),
  earlierRuns: z.array(z.looseObject({ run: z.string(), status: z.string(), error: z.string().optional() })),
  urls: z.record(z.string(), z.string()),
});

/** @see deploymentDocumentSchema */
export type DeploymentDocument = z.output<typeof deploymentDocumentSchema>;

/** A step as the status document shows it. */
export type StepDocument = z.output<typeof stepSchema>;

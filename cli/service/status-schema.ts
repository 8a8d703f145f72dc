import * as z from 'zod';
import { findingSchema } from './finding-schema.ts';

const errorSchema = z.looseObject({
  step: z.string().optional(),
  code: z.string(),
  message: z.string(),
  correlationId: z.string().optional(),
  remedy: z.string().optional(),
});

/** A step in a status answer. Instants are ISO 8601. States and changes are texts: a newer service may know more of them. */
export const stepSchema = z.looseObject({
  name: z.string(),
  state: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  attempts: z.number().default(0),
  resourceId: z.string().optional(),
  change: z.string().optional(),
  changed: z.array(z.string()).optional(),
  note: z.string().optional(),
  error: errorSchema.optional(),
});

export type Step = z.output<typeof stepSchema>;

const afterCancelSchema = z.looseObject({
  operations: z.array(z.looseObject({ step: z.string(), resourceId: z.string(), state: z.string() })),
  remedy: z.string(),
});

/** What Azure continues after a cancel. */
export type AfterCancel = z.output<typeof afterCancelSchema>;

/** The answer to `GET /api/deployments/{id}`, as far as it is read here; the rest is kept. */
export const statusSchema = z.looseObject({
  id: z.string(),
  run: z.string(),
  status: z.string(),
  createdAt: z.string(),
  /** What exists; an older service does not say. */
  deployed: z
    .looseObject({
      run: z.string(),
      endedAt: z.string(),
      changedBy: z.array(z.looseObject({ run: z.string(), steps: z.array(z.string()) })).optional(),
    })
    .optional(),
  /** Present if callers are told apart. */
  requestedBy: z.looseObject({ name: z.string() }).optional(),
  cancelledBy: z.looseObject({ name: z.string() }).optional(),
  correlationId: z.string().optional(),
  names: z.looseObject({ resourceGroupName: z.string(), location: z.string() }),
  steps: z.array(stepSchema),
  warnings: z.array(z.string()).default([]),
  waiting: z.string().optional(),
  reason: z.string().optional(),
  error: errorSchema.optional(),
  afterCancel: afterCancelSchema.optional(),
  /** What the preflight found, when it refused the deployment. */
  findings: z.array(findingSchema).optional(),
  undo: z
    .looseObject({
      status: z.string(),
      steps: z.array(stepSchema),
      /** What stays; an older service does not say. */
      kept: z.array(z.looseObject({ id: z.string(), reason: z.string() })).optional(),
    })
    .optional(),
  approval: z
    .looseObject({
      state: z.string(),
      expiresAt: z.string().optional(),
      by: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
});

/** The answer to `GET /api/deployments/{id}`. */
export type Status = z.output<typeof statusSchema>;

const UNFINISHED: readonly string[] = ['Pending', 'AwaitingApproval', 'Running', 'Deleting'];

/** Whether nothing more happens by itself. */
export const hasEnded = ({ status }: Status): boolean => !UNFINISHED.includes(status);

/** The answer to a request that begins something: POST, cancel, DELETE, approve. */
export const acceptedSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  run: z.string().optional(),
  afterCancel: afterCancelSchema.optional(),
});

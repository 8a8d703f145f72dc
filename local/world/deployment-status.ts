import * as z from 'zod';

const optionalError = z.object({
  step: z.string().optional(),
  code: z.string(),
  message: z.string(),
  correlationId: z.string().optional(),
  remedy: z.string().optional(),
});

const stepStatusSchema = z.looseObject({
  name: z.string(),
  waitsFor: z.array(z.string()),
  state: z.enum(['Waiting', 'Running', 'Retrying', 'Succeeded', 'Failed', 'Skipped']),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  attempts: z.number(),
  polls: z.number(),
  change: z.string().optional(),
  note: z.string().optional(),
  error: optionalError.optional(),
});

/** A step in the answer to `GET /api/deployments/{id}`. Instants are ISO 8601, modelled time. */
export type StepStatus = z.output<typeof stepStatusSchema>;

/** The answer to `GET /api/deployments/{id}`, as far as the command line reads it. */
export const deploymentStatusSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  startedAt: z.string(),
  lastUpdatedAt: z.string(),
  steps: z.array(stepStatusSchema),
  warnings: z.array(z.string()).default([]),
  error: optionalError.optional(),
});

/** The answer to `GET /api/deployments/{id}`, as far as the command line reads it. */
export type DeploymentStatus = z.output<typeof deploymentStatusSchema>;

/** Whether nothing more will happen. */
export const hasEnded = ({ status }: DeploymentStatus): boolean =>
  ['Succeeded', 'Failed', 'Cancelled'].includes(status);

/** Seconds from one modelled instant to another. */
export const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

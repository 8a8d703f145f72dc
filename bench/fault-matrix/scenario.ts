import * as z from 'zod';
import { faultSchema } from '../../local/azure-simulator/azure-simulator.ts';
import { transportFaultSchema } from './transport-faults.ts';

/** One deployment that one thing happens to. Plain data: it is sent to the process that carries it out. */
export const scenarioSchema = z.object({
  /** The row: the request's label. */
  request: z.string(),
  /** The column: the fault's name. */
  fault: z.string(),
  /** Distinguishes several scenarios of one cell, e.g. Azure's code. */
  variant: z.string(),
  faults: z.array(faultSchema),
  /** What goes wrong before a request reaches Azure. */
  transport: transportFaultSchema.optional(),
  /** A resource that somebody deletes as soon as the request was answered. */
  removal: z
    .object({ method: z.string(), pattern: z.string(), nth: z.number(), path: z.string(), apiVersion: z.string() })
    .optional(),
  /** Whether the clients' time limits run on the modelled clock, so that a slow answer comes too late. */
  clientTimeouts: z.boolean().default(false),
  /** What passes by itself must not fail the deployment. */
  passes: z.boolean(),
  /** Azure's code that a failed deployment has to show. */
  code: z.string().optional(),
});

export type Scenario = z.output<typeof scenarioSchema>;

/** How a scenario ended. */
export const verdictSchema = z.object({
  /** S succeeded, F failed, R did not end. */
  outcome: z.enum(['S', 'F', 'R']),
  /** The most attempts of any step. */
  attempts: z.number(),
  modelledSeconds: z.number(),
  realMs: z.number(),
  /** What the deployment said of its failure. */
  error: z.string().optional(),
  /** The promises that it broke. */
  broken: z.array(z.string()),
});

export type Verdict = z.output<typeof verdictSchema>;

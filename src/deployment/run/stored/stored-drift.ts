import { z } from 'zod';
import type { DriftFound, DriftReport, DriftStep, DriftSummary } from '../drift.ts';
import type { Instance } from '../instance.ts';
import { readableOf } from './tolerant.ts';

const change = z.looseObject({ property: z.string(), from: z.string().default(''), to: z.string().default('') });

const storedDriftStepSchema: z.ZodType<DriftStep> = z.looseObject({
  name: z.string(),
  action: z.string(),
  resourceId: z.string().default(''),
  changes: readableOf(change).default([]),
  note: z.string().optional(),
});

const foundShape = {
  run: z.string(),
  steps: readableOf(storedDriftStepSchema).default([]),
  error: z.looseObject({ code: z.string(), message: z.string().default(''), remedy: z.string().optional() }).optional(),
};

/** What one check found, as any release stored it. */
export const storedDriftFoundSchema: z.ZodType<DriftFound> = z.looseObject(foundShape);

/** What is kept of the last check, as any release stored it: the output of the orchestration that keeps it. */
const storedDriftReportSchema: z.ZodType<DriftReport> = z.looseObject({
  ...foundShape,
  checkedAt: z.string(),
  changes: z.number().optional(),
  notChecked: z.number().optional(),
});

/** The same in short: its custom status. */
const storedDriftSummarySchema = z.object({
  run: z.string(),
  checkedAt: z.string(),
  changes: z.number().optional(),
  notChecked: z.number().optional(),
  error: z.string().optional(),
});

/** The last check for drift in short, as a member of a status; empty when it was of another run than the one that left what exists. */
export const driftOf = (run: string | undefined, { customStatus }: Instance): { readonly drift?: DriftSummary } => {
  const found = storedDriftSummarySchema.safeParse(customStatus).data;
  if (found === undefined || found.run !== run) return {};
  const { run: _, ...drift } = found;
  return { drift };
};

/** The run that the last check was of; undefined when that cannot be read. */
export const reportedRunOf = ({ customStatus }: Instance): string | undefined =>
  storedDriftSummarySchema.safeParse(customStatus).data?.run;

/** The last check for drift of a run; undefined when it was of another one. */
export const driftReportFor = (run: string | undefined, { output }: Instance): DriftReport | undefined => {
  const report = storedDriftReportSchema.safeParse(output).data;
  return report?.run === run ? report : undefined;
};

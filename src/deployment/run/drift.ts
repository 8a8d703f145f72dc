import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../names/text/canonical-json.ts';

/** A report stays small: what a plan of the same moment would show in full is cut. */
const MAX_DIFFERENCES = 10;
const MAX_VALUE_LENGTH = 120;
const MAX_NOTE_LENGTH = 300;

/** A step of a deployment that is not as the deployment left it, or that could not be read. */
export interface DriftStep {
  readonly name: string;
  /** What the same POST would do for it: `create` or `update`; `unknown` when it could not be read. */
  readonly action: string;
  readonly resourceId: string;
  readonly changes: readonly { readonly property: string; readonly from: string; readonly to: string }[];
  readonly note?: string | undefined;
}

/** What one check of a deployment found: the input of the orchestration that keeps it (instance `r:<id>`). */
export interface DriftFound {
  /** The run whose end the world was compared with. */
  readonly run: string;
  readonly steps: readonly DriftStep[];
  /** Why nothing of it could be checked. */
  readonly error?:
    | { readonly code: string; readonly message: string; readonly remedy?: string | undefined }
    | undefined;
}

/** What is kept of the last check; `changes` is the number of steps that differ. Read back by stored-drift.ts. */
export interface DriftReport extends DriftFound {
  readonly checkedAt: string;
  /** Absent when it could not be checked. */
  readonly changes?: number | undefined;
  /** The number of steps that could not be read; absent when all could. */
  readonly notChecked?: number | undefined;
}

/** A report as answers show it. */
export const driftReportSchema = z.object({
  run: z.string(),
  checkedAt: z.string(),
  changes: z.number().optional(),
  notChecked: z.number().optional(),
  steps: z.array(
    z.object({
      name: z.string(),
      action: z.enum(['create', 'update', 'unknown']),
      resourceId: z.string(),
      changes: z.array(z.object({ property: z.string(), from: z.string(), to: z.string() })).readonly(),
      note: z.string().optional(),
    }),
  ),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).optional(),
});

/** The same in short, as the status and the list show it. */
export const driftSummarySchema = z.object({
  run: z.string(),
  checkedAt: z.string(),
  changes: z.number().optional(),
  notChecked: z.number().optional(),
  /** The code of the error that kept it from being checked. */
  error: z.string().optional(),
});

export type DriftSummary = Omit<z.infer<typeof driftSummarySchema>, 'run'>;

export const driftReportOf = (found: DriftFound, checkedAt: string): DriftReport => ({
  ...found,
  checkedAt,
  ...(found.error === undefined && { changes: differing(found.steps).length }),
  ...(found.steps.some(isUnread) && { notChecked: found.steps.filter(isUnread).length }),
});

const isUnread = ({ action }: DriftStep): boolean => action === 'unknown';

/** What differs for certain. */
const differing = (steps: readonly DriftStep[]): readonly DriftStep[] => steps.filter((step) => !isUnread(step));

export const driftSummaryOf = ({
  run,
  checkedAt,
  changes,
  notChecked,
  error,
}: DriftReport): z.infer<typeof driftSummarySchema> => ({
  run,
  checkedAt,
  ...(changes !== undefined && { changes }),
  ...(notChecked !== undefined && { notChecked }),
  ...(error && { error: error.code }),
});

/** Cuts what a check found to the size of a report. */
export const driftStepOf = ({ name, action, resourceId, changes, note }: DriftStep): DriftStep => ({
  name,
  action,
  resourceId,
  changes: changes
    .slice(0, MAX_DIFFERENCES)
    .map(({ property, from, to }) => ({ property, from: cut(from), to: cut(to) })),
  ...(note !== undefined && { note: cut(note, MAX_NOTE_LENGTH) }),
});

/** Distinguishes one drift from another; the same drift is the same at every check, whatever else could not be read. */
export const driftFingerprint = (steps: readonly DriftStep[]): string =>
  createHash('sha256')
    .update(canonicalJson(differing(steps).map(({ name, action, changes }) => ({ name, action, changes }))))
    .digest('hex')
    .slice(0, 16);

const cut = (text: string, length = MAX_VALUE_LENGTH): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

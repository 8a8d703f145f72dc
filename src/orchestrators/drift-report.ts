import { driftReportOf, driftSummaryOf } from '../deployment/run/drift.ts';
import { storedDriftFoundSchema } from '../deployment/run/stored/stored-drift.ts';
import type { OrchestrationHandler } from '../task-hub/orchestration.ts';

/** Keeps what the last check of a deployment for drift found (instance `r:<id>`): in short as its status, in full as its output. */
// biome-ignore lint/correctness/useYield: an orchestrator is a generator, and this one has nothing to wait for.
export const driftReportOrchestrator: OrchestrationHandler = function* (context) {
  const found = storedDriftFoundSchema.parse(context.df.getInput());
  const report = driftReportOf(found, context.df.currentUtcDateTime.toISOString());
  context.df.setCustomStatus(driftSummaryOf(report));
  return report;
};

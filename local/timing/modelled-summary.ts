import { secondsBetween } from '../world/deployment-status.ts';
import type { ModelledTimes } from './modelled-times.ts';

/** The modelled times of one deployment in seconds, as `--json` shows them. */
export interface ModelledSummary {
  readonly makespanSeconds: number;
  readonly criticalPathSeconds: number;
  readonly sequentialSeconds: number;
}

/** What the numbers need of a deployment's status. */
export interface TimedDeployment {
  readonly startedAt: string;
  readonly lastUpdatedAt: string;
  readonly steps: readonly { readonly endedAt?: string | undefined }[];
}

/** The numbers of a deployment that has ended. */
export const summarize = (status: TimedDeployment, times: ModelledTimes): ModelledSummary => ({
  makespanSeconds: round(secondsBetween(status.startedAt, lastEnd(status))),
  criticalPathSeconds: round(times.seconds),
  sequentialSeconds: round(times.sequentialSeconds),
});

/** The last step's end; the instance itself is updated a moment later. */
const lastEnd = ({ steps, lastUpdatedAt }: TimedDeployment): string =>
  steps
    .flatMap(({ endedAt }) => endedAt ?? [])
    .toSorted()
    .at(-1) ?? lastUpdatedAt;

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;

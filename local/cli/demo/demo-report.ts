import { formatDuration } from '../../../command-line/format-duration.ts';
import { type ModelledSummary, summarize } from '../../timing/modelled-summary.ts';
import type { ModelledTimes } from '../../timing/modelled-times.ts';
import { type DeploymentStatus, secondsBetween } from '../../world/deployment-status.ts';
import { drawTimeline } from './timeline.ts';

/** What is shown of a deployment that has ended, but for its outputs. */
export const reportLines = (status: DeploymentStatus, times: ModelledTimes, columns: number): string[] => [
  ...timelineLines(status, times, columns),
  '',
  ...comparisonLines(summarize(status, times)),
  ...noteLines(status),
  ...times.unknown.map(
    ({ operation, resourceId }) => `Not counted above, since no step is known for it: ${operation} ${resourceId}`,
  ),
];

const timelineLines = ({ startedAt, steps }: DeploymentStatus, times: ModelledTimes, columns: number): string[] => {
  const since = (instant: string | undefined): number | undefined =>
    instant === undefined ? undefined : secondsBetween(startedAt, instant);
  const rows = steps.map(({ name, startedAt, endedAt }) => ({
    name,
    start: since(startedAt),
    end: since(endedAt),
    critical: times.steps.includes(name),
  }));
  return ['Timeline, in modelled time (* critical path)', '', ...drawTimeline(rows, columns)];
};

const comparisonLines = ({ makespanSeconds, criticalPathSeconds, sequentialSeconds }: ModelledSummary): string[] => {
  const rows: [string, number, string][] = [
    ['This deployment', makespanSeconds, over(makespanSeconds, criticalPathSeconds)],
    ['Critical path', criticalPathSeconds, "the longest chain of Azure's own work: nothing can be faster"],
    ['One after another', sequentialSeconds, "Azure's own work in the tutorial's order, nobody pausing to type"],
  ];
  const width = Math.max(...rows.map(([, seconds]) => formatDuration(seconds).length));
  return rows.map(([label, seconds, remark]) =>
    `${label.padEnd(18)} ${formatDuration(seconds).padStart(width)}  ${remark}`.trimEnd(),
  );
};

const over = (makespan: number, critical: number): string =>
  critical > 0 ? `${(makespan / critical).toFixed(3)} × the critical path` : '';

const noteLines = ({ warnings, steps }: DeploymentStatus): string[] => {
  const notes = steps.flatMap(({ name, note }) =>
    note === undefined || warnings.includes(note) ? [] : [`${name}: ${note}`],
  );
  const all = [...warnings, ...notes];
  return all.length === 0 ? [] : ['', ...all.map((text) => `Note: ${text}`)];
};

/** Why a deployment failed and what to do about it. */
export const failureLines = ({ status, error, steps }: DeploymentStatus): string[] => {
  if (!error) return [`The deployment ended as ${status}.`];
  const step = error.step ?? steps.find(({ state }) => state === 'Failed')?.name ?? 'the deployment';
  return [
    `${status}: ${step}: ${error.code}: ${error.message}`,
    ...(error.correlationId === undefined ? [] : [`Azure's correlation id: ${error.correlationId}`]),
    ...(error.remedy === undefined ? [] : [`What to do: ${error.remedy}`]),
  ];
};

/** The outputs as Terraform shows them. */
export const outputLines = (outputs: Readonly<Record<string, string>>): string[] => {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return [
    'Outputs:',
    '',
    ...Object.entries(outputs).map(([name, value]) => `${name.padEnd(width)} = ${JSON.stringify(value)}`),
  ];
};

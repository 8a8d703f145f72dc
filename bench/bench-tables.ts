import { formatDuration } from '../command-line/format-duration.ts';
import type { DeploymentMeasure } from './measure-deployment.ts';
import type { LoadMeasure } from './measure-load.ts';
import type { ScanMeasure } from './measure-scanning.ts';
import { atMost, type BenchRow } from './print-table.ts';

/** The limits that the project has set itself. */
export const LIMITS = {
  meanRatio: 1.03,
  maxRatio: 1.06,
  historyEvents: 400,
  /** The durable extension refuses a custom status of 16 KB in UTF-16, rounded up: 8,704 characters. */
  customStatusCharacters: 8_703,
  peakRssMebibytes: 512,
  /** How many times longer hostile text may take than plain text of the same length. */
  hostileRatio: 3,
} as const;

/** How close deployments come to the fastest possible. */
export const makespanRows = (measures: readonly DeploymentMeasure[]): BenchRow[] => {
  const ratios = measures.map(({ makespanSeconds, criticalPathSeconds }) => makespanSeconds / criticalPathSeconds);
  const worst = measures[ratios.indexOf(Math.max(...ratios))];
  const times = (value: number): string => value.toFixed(3);
  const seconds = (pick: (measure: DeploymentMeasure) => number): string => {
    const values = measures.map(pick);
    return `${formatDuration(mean(values))} (${formatDuration(Math.min(...values))} to ${formatDuration(Math.max(...values))})`;
  };
  return [
    atMost('mean', mean(ratios), LIMITS.meanRatio, times),
    atMost(`highest (seed ${worst?.seed})`, Math.max(...ratios), LIMITS.maxRatio, times),
    { what: 'makespan', measured: seconds(({ makespanSeconds }) => makespanSeconds) },
    { what: 'critical path', measured: seconds(({ criticalPathSeconds }) => criticalPathSeconds) },
    { what: 'one step after another', measured: seconds(({ sequentialSeconds }) => sequentialSeconds) },
  ];
};

/** What one deployment asks of Resource Manager; the mean over the seeds. */
export const requestRows = (measures: readonly DeploymentMeasure[]): BenchRow[] => {
  const verbs = [...new Set(measures.flatMap(({ requests }) => Object.keys(requests)))];
  const show = (values: readonly number[]): string =>
    `${mean(values).toFixed(1)} (at most ${Number(Math.max(...values).toFixed(1))})`;
  return [
    ...verbs.map((verb) => ({ what: verb, measured: show(measures.map(({ requests }) => requests[verb] ?? 0)) })),
    {
      what: 'per minute while only the cluster runs',
      measured: show(measures.map(({ requestsPerMinuteOfCluster }) => requestsPerMinuteOfCluster)),
    },
  ];
};

/** What one deployment keeps in the task hub; the highest over the seeds. */
export const historyRows = (measures: readonly DeploymentMeasure[]): BenchRow[] => [
  {
    what: 'history events of all its instances, mean',
    measured: mean(measures.map(({ historyEvents }) => historyEvents)).toFixed(0),
  },
  atMost(
    'history events of all its instances, highest',
    Math.max(...measures.map(({ historyEvents }) => historyEvents)),
    LIMITS.historyEvents,
  ),
  atMost(
    'largest custom status, characters',
    Math.max(...measures.map(({ customStatusCharacters }) => customStatusCharacters)),
    LIMITS.customStatusCharacters,
  ),
];

/** How the local host bears many deployments at once. */
export const loadRows = (load: LoadMeasure): BenchRow[] => [
  {
    what: 'Succeeded',
    measured: String(load.succeeded),
    limit: { text: `= ${load.deployments}`, holds: load.succeeded === load.deployments },
  },
  atMost('peak memory of the host with the app, MiB', load.peakRssMebibytes, LIMITS.peakRssMebibytes, (value) =>
    value.toFixed(0),
  ),
  { what: 'episodes per second', measured: (load.episodes / load.wallSeconds).toFixed(0) },
  { what: 'real time', measured: formatDuration(load.wallSeconds) },
  { what: 'modelled time', measured: formatDuration(load.modelledSeconds) },
  { what: 'requests', measured: String(load.requests) },
  { what: 'of which throttled (429)', measured: String(load.refusedByThrottling) },
];

/** How many run at once, how long all of them take together, and how often Resource Manager says no. */
export const runningLimitRows = (loads: ReadonlyMap<number, LoadMeasure>): BenchRow[] =>
  [...loads].flatMap(([limit, load]) => [
    {
      what: `${limit} at once: makespan`,
      measured: formatDuration(load.modelledSeconds),
      limit: { text: `${load.deployments} Succeeded`, holds: load.succeeded === load.deployments },
    },
    { what: `${limit} at once: throttled (429)`, measured: `${load.refusedByThrottling} of ${load.requests}` },
  ]);

/** How long text takes that others wrote to do harm, against plain text of the same length; the worst text of each reader. */
export const scanningRows = (measures: readonly ScanMeasure[]): BenchRow[] =>
  measures.map(({ reader, worst, hostileMs, plainMs }) =>
    atMost(`${reader} (${worst}, ${hostileMs.toFixed(2)} ms)`, hostileMs / plainMs, LIMITS.hostileRatio, (value) =>
      value.toFixed(2),
    ),
  );

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

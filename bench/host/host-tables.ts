import { atMost, type BenchRow } from '../print-table.ts';
import type { HostMeasure, ShapeMeasure } from './measure-host.ts';

/** The limits that the project has set itself. */
export const LIMITS = {
  startUpMs: 1000,
  /** How much more of the host's own CPU time an event costs in a history ten times as long. */
  growth: 4,
  peakRssMebibytes: 512,
} as const;

export const SHAPE_HEADINGS = [
  'One instance',
  'ms',
  'episodes',
  'episodes/s',
  'events',
  'ms/event',
  'CPU ms',
  'SDK alone',
  'SDK here',
  'host',
  'host µs/event',
];

/** The cells of one row under {@link SHAPE_HEADINGS}. */
export const shapeCells = (shape: ShapeMeasure): string[] => {
  const { name, activities, wallMs, cpuMs, sdkMs, sdkAloneMs, episodes, events } = shape;
  return [
    `${name} of ${activities} activities`,
    wallMs.toFixed(0),
    episodes.toFixed(0),
    ((episodes / wallMs) * 1000).toFixed(0),
    events.toFixed(0),
    (wallMs / events).toFixed(2),
    cpuMs.toFixed(0),
    sdkAloneMs.toFixed(0),
    sdkMs.toFixed(0),
    (cpuMs - sdkMs).toFixed(0),
    hostMicroseconds(shape).toFixed(0),
  ];
};

/** What the host itself costs per event: all CPU time but that of the SDK. */
export const hostMicroseconds = ({ cpuMs, sdkMs, events }: ShapeMeasure): number => ((cpuMs - sdkMs) / events) * 1000;

/** The host's own growth with the length of the history. */
export const growthRows = (shapes: readonly ShapeMeasure[]): BenchRow[] => {
  const chain = (activities: number) =>
    shapes.find((shape) => shape.name === 'chain' && shape.activities === activities);
  const [shorter, longer] = [chain(100), chain(1000)];
  if (!shorter || !longer) return [];
  return [
    atMost(
      "host's CPU per event, chain of 1000 ÷ chain of 100",
      hostMicroseconds(longer) / hostMicroseconds(shorter),
      LIMITS.growth,
      (value) => value.toFixed(1),
    ),
    {
      what: "SDK's CPU per event, the same",
      measured: (longer.sdkMs / longer.events / (shorter.sdkMs / shorter.events)).toFixed(1),
    },
  ];
};

/** Many instances that are started together. */
export const crowdRows = ({ wallMs, episodes, events, cpuMs, instances }: HostMeasure['crowd']): BenchRow[] => [
  { what: 'real time, from the first POST to the last end', measured: `${(wallMs / 1000).toFixed(1)} s` },
  { what: 'instances per second', measured: ((instances / wallMs) * 1000).toFixed(0) },
  { what: 'episodes per second', measured: ((episodes / wallMs) * 1000).toFixed(0) },
  { what: 'ms per history event', measured: (wallMs / events).toFixed(3) },
  { what: 'CPU time', measured: `${(cpuMs / 1000).toFixed(1)} s` },
];

/** How long a start takes, and how much memory. */
export const footprintRows = ({ startUpMs, memory }: HostMeasure): BenchRow[] => {
  const sorted = startUpMs.toSorted((a, b) => a - b);
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  const mebibytes = (value: number): string => value.toFixed(0);
  return [
    atMost('start to first answer, median', sorted[Math.floor(sorted.length / 2)] ?? 0, LIMITS.startUpMs, ms),
    {
      what: `start to first answer, ${sorted.length} tries`,
      measured: `${ms(sorted[0] ?? 0)} to ${ms(sorted.at(-1) ?? 0)}`,
    },
    {
      what: 'memory when idle, MiB',
      measured: `${mebibytes(memory.idle.rss)} (heap ${mebibytes(memory.idle.heapUsed)})`,
    },
    {
      what: 'memory after all of the above, MiB',
      measured: `${mebibytes(memory.afterwards.rss)} (heap ${mebibytes(memory.afterwards.heapUsed)})`,
    },
    atMost('peak memory, MiB', memory.afterwards.peakRss, LIMITS.peakRssMebibytes, mebibytes),
  ];
};

import { formatDuration } from '../../../command-line/format-duration.ts';

/** One row of the timeline; instants in seconds since the deployment began. */
export interface TimelineRow {
  readonly name: string;
  /** Undefined for a step that never started. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly critical: boolean;
}

const NARROWEST = 80;
const WIDEST = 120;
const LONGEST_NAME = 34;
const MARKS = { critical: '█', other: '▒' };

/**
 * Draws the steps as bars on one time axis, in the order given; those of the critical path are solid and marked `*`.
 *
 * @param columns - the width to fit into; 80 to 120 are used.
 */
export const drawTimeline = (rows: readonly TimelineRow[], columns: number): string[] => {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const names = rows.map(({ name }) => shortenName(name, LONGEST_NAME));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const total = Math.max(1, ...rows.map(({ end }) => end ?? 0));
  const durations = rows.map(({ start, end }) =>
    start === undefined || end === undefined ? '–' : formatDuration(end - start),
  );
  const durationWidth = Math.max(0, ...durations.map((text) => text.length));
  const axisWidth = width - nameWidth - durationWidth - 4;
  const cell = (seconds: number): number => Math.min(axisWidth, Math.round((seconds / total) * axisWidth));

  const bars = rows.map((row, index) => {
    const bar = drawBar(row, axisWidth, cell);
    return `${row.critical ? '*' : ' '} ${(names[index] ?? '').padEnd(nameWidth)} ${bar} ${(durations[index] ?? '').padStart(durationWidth)}`;
  });
  return [`${' '.repeat(nameWidth + 3)}${drawAxis(total, axisWidth, cell)}`, ...bars].map((line) => line.trimEnd());
};

/** A step that ran is at least one cell long, so that it is seen. */
const drawBar = ({ start, end, critical }: TimelineRow, width: number, cell: (seconds: number) => number): string => {
  if (start === undefined || end === undefined) return ' '.repeat(width);
  const from = Math.min(cell(start), width - 1);
  const length = Math.max(1, cell(end) - from);
  return `${' '.repeat(from)}${(critical ? MARKS.critical : MARKS.other).repeat(length)}`.padEnd(width);
};

const drawAxis = (total: number, width: number, cell: (seconds: number) => number): string => {
  const step = TICK_STEPS.find((candidate) => (candidate / total) * width >= TICK_ROOM) ?? total;
  let axis = '';
  for (let at = 0; at <= total; at += step) {
    const label = at === 0 ? '0' : formatDuration(at).replace(/m00s$/, 'm');
    if (cell(at) + label.length > width) break;
    axis = axis.padEnd(cell(at)) + label;
  }
  return axis;
};

const TICK_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
/** Cells from one label of the axis to the next. */
const TICK_ROOM = 9;

/** Cuts the middle out of a name that is too long: images differ at their ends. */
export const shortenName = (name: string, longest: number): string => {
  if (name.length <= longest) return name;
  const tail = Math.floor((longest - 1) / 2);
  return `${name.slice(0, longest - 1 - tail)}…${name.slice(-tail)}`;
};

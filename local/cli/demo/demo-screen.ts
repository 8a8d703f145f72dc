import { styleText } from 'node:util';
import { displayed } from '../../../command-line/displayed.ts';
import { formatDuration } from '../../../command-line/format-duration.ts';
import { type DeploymentStatus, type StepStatus, secondsBetween } from '../../world/deployment-status.ts';
import { LiveLines } from './live-lines.ts';
import { progressLines } from './step-lines.ts';
import { stepTable } from './step-table.ts';

/** Shows how a deployment goes on; given every status that was read. */
export type ShowStatus = (status: DeploymentStatus, modelledNow: string) => void;

/** Plain lines as steps start and end: for pipes, logs and `--json`. */
export const plainProgress = (write: (line: string) => void): ShowStatus => {
  let before: readonly StepStatus[] | undefined;
  return ({ steps }, now) => {
    for (const line of progressLines(before, steps, now)) write(line);
    before = steps;
  };
};

/** A table of all steps that is drawn again in place: for a terminal. */
export const liveProgress = (stream: NodeJS.WriteStream): ShowStatus => {
  const live = new LiveLines(stream);
  return ({ status, steps, startedAt }, now) => {
    const ended = steps.filter(({ endedAt }) => endedAt !== undefined).length;
    const elapsed = formatDuration(secondsBetween(startedAt, now));
    const table = stepTable(steps, now, stream.columns).map((line, index) =>
      paint(stream, steps[index], displayed(line)),
    );
    live.draw([...table, '', `${status}: ${ended} of ${steps.length} steps, ${elapsed} of modelled time`]);
  };
};

const COLOURS = {
  Waiting: 'dim',
  Running: 'cyan',
  Retrying: 'yellow',
  Succeeded: 'green',
  Failed: 'red',
  Skipped: 'dim',
} as const;

/** `styleText` reads the stream, NO_COLOR and FORCE_COLOR itself. */
const paint = (stream: NodeJS.WriteStream, step: StepStatus | undefined, line: string): string =>
  step ? styleText(COLOURS[step.state], line, { stream }) : line;

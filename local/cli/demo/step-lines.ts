import { wordsOf } from '../../../cli/output/step-words.ts';
import { formatDuration } from '../../../command-line/format-duration.ts';
import { type StepStatus, secondsBetween } from '../../world/deployment-status.ts';

/** How a step stands, in one phrase: `Succeeded after 5m41s (created)`. */
export const standing = (step: StepStatus, now: string): string => {
  const { state, startedAt, endedAt = now, change, error } = step;
  const time = startedAt === undefined ? '' : formatDuration(secondsBetween(startedAt, endedAt));
  switch (state) {
    case 'Waiting':
      return step.waitsFor.length === 0 ? 'Waiting' : `Waiting for ${waitedFor(step.waitsFor)}`;
    case 'Running':
      return `${wordsOf(step.name).doing}… [${time} elapsed]`;
    case 'Retrying':
      return `Retrying after ${error?.code ?? 'an error'}… [${time} elapsed]`;
    case 'Succeeded':
      return `Succeeded after ${time}${change === undefined ? '' : ` (${change})`}`;
    case 'Failed':
      return `Failed after ${time}: ${error?.code ?? 'unknown error'}`;
    case 'Skipped':
      return 'Skipped';
  }
};

const NAMED = 2;

const waitedFor = (names: readonly string[]): string => {
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
};

/**
 * What happened to the steps from one poll to the next, as plain lines in the order in which it happened.
 *
 * @param before - undefined for the first poll.
 * @param now - the modelled instant of the poll.
 */
export const progressLines = (
  before: readonly StepStatus[] | undefined,
  after: readonly StepStatus[],
  now: string,
): string[] => {
  const added = after.flatMap((step) => {
    const old = before?.find(({ name }) => name === step.name);
    const started = old?.startedAt === undefined && step.startedAt !== undefined;
    const changed = step.state !== (old?.state ?? 'Waiting') && step.state !== 'Running';
    return [
      ...(started ? [{ at: step.startedAt ?? now, order: 1, line: `${step.name}: ${wordsOf(step.name).doing}…` }] : []),
      ...(changed
        ? [
            {
              at: step.endedAt ?? now,
              order: step.endedAt === step.startedAt ? 2 : 0,
              line: `${step.name}: ${standing(step, now)}`,
            },
          ]
        : []),
    ];
  });
  // At one instant, what ended comes before what could then start.
  return added.toSorted((a, b) => a.at.localeCompare(b.at) || a.order - b.order).map(({ line }) => line);
};

import type { StepStatus } from '../../world/deployment-status.ts';
import { standing } from './step-lines.ts';
import { shortenName } from './timeline.ts';

const SYMBOLS: Readonly<Record<StepStatus['state'], string>> = {
  Waiting: '·',
  Running: '▸',
  Retrying: '↻',
  Succeeded: '✓',
  Failed: '✗',
  Skipped: '–',
};

const LONGEST_NAME = 40;

/** The steps as a table that fits the terminal: one line each, never wider than `columns`. */
export const stepTable = (steps: readonly StepStatus[], now: string, columns: number): string[] => {
  const names = steps.map(({ name }) => shortenName(name, LONGEST_NAME));
  const width = Math.max(0, ...names.map((name) => name.length));
  return steps.map((step, index) => {
    const line = `${SYMBOLS[step.state]} ${(names[index] ?? '').padEnd(width)}  ${standing(step, now)}`;
    return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
  });
};

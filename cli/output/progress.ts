import { formatDuration } from '../../command-line/format-duration.ts';
import type { Status, Step } from '../service/status-schema.ts';
import { completionOf, labelOf, wordsOf } from './step-words.ts';

/** What is remembered from one answer to the next. */
export interface Progress {
  readonly steps: ReadonlyMap<string, Step>;
  /** When a line about a step was last given, in ms of the service's time. */
  readonly toldAt: ReadonlyMap<string, number>;
  readonly waiting: string | undefined;
}

export const NO_PROGRESS: Progress = { steps: new Map(), toldAt: new Map(), waiting: undefined };

/** One thing that happened to a step. */
export interface StepNews {
  readonly step: Step;
  readonly line: string;
}

/** What an answer adds. */
export interface Changes {
  readonly progress: Progress;
  /** Steps that began, failed once, or ended, in the order in which that happened. */
  readonly happened: readonly StepNews[];
  /** Lines about what goes on as before. */
  readonly goingOn: readonly string[];
}

/** Terraform's own interval. */
const STILL_EVERY_MS = 10_000;

/**
 * What there is to say after an answer.
 *
 * @param now - the service's time at the answer, ms since the epoch.
 */
export const changesOf = (before: Progress, status: Status, now: number): Changes => {
  const all = stepsOf(status);
  const happened = all.flatMap((step) => eventsOf(before.steps.get(step.name), step, now));
  happened.sort((a, b) => a.at - b.at || a.order - b.order);
  const told = new Map(before.toldAt);
  for (const { step } of happened) told.set(step.name, now);
  const still = all.filter((step) => isRunning(step) && now - (told.get(step.name) ?? now) >= STILL_EVERY_MS);
  for (const { name } of still) told.set(name, now);
  const waiting = waitingOf(status);
  return {
    progress: { steps: new Map(all.map((step) => [step.name, step])), toldAt: told, waiting },
    happened,
    goingOn: [
      ...(waiting !== undefined && waiting !== before.waiting ? [waiting] : []),
      ...still.map(
        (step) => `${labelOf(step.name)}: Still ${wordsOf(step.name).doing.toLowerCase()}... ${elapsed(step, now)}`,
      ),
    ],
  };
};

/** While a deployment is undone, its own steps are history. */
const stepsOf = ({ steps, undo }: Status): readonly Step[] => undo?.steps ?? steps;

const waitingOf = ({ status, waiting, approval }: Status): string | undefined => {
  if (status !== 'AwaitingApproval') return waiting;
  return `Waiting for approval${approval?.expiresAt === undefined ? '' : ` until ${approval.expiresAt}`}.`;
};

const isRunning = ({ state }: Step): boolean => state === 'Running' || state === 'Retrying';

interface Event extends StepNews {
  readonly at: number;
  /** At one instant, what ended comes before what could then begin. */
  readonly order: number;
}

const eventsOf = (old: Step | undefined, step: Step, now: number): Event[] => {
  const { name, state, startedAt, endedAt } = step;
  const begins = startedAt !== undefined && old?.startedAt !== startedAt;
  const isNews =
    state !== (begins ? 'Running' : old?.state) || (state === 'Retrying' && step.attempts !== old?.attempts);
  const phrase = isNews ? phraseOf(step, now) : undefined;
  return [
    ...(begins
      ? [{ step, at: Date.parse(startedAt), order: 1, line: `${labelOf(name)}: ${wordsOf(name).doing}...` }]
      : []),
    ...(phrase === undefined
      ? []
      : [
          {
            step,
            at: endedAt === undefined ? now : Date.parse(endedAt),
            order: endedAt !== undefined && endedAt === startedAt ? 2 : 0,
            line: `${labelOf(name)}: ${phrase}`,
          },
        ]),
  ];
};

const phraseOf = (step: Step, now: number): string | undefined => {
  const { name, state, resourceId, error } = step;
  const after = duration(step, now);
  switch (state) {
    case 'Succeeded':
      return `${completionOf(step)} after ${after}${resourceId === undefined ? '' : ` [id=${resourceId}]`}`;
    case 'Failed':
      return `${wordsOf(name).deed} failed after ${after}: ${error?.code ?? 'for an unknown reason'}`;
    case 'Cancelled':
      return `${wordsOf(name).deed} cancelled after ${after}`;
    case 'Retrying':
      return `Trying again after ${error?.code ?? 'an error'}... ${elapsed(step, now)}`;
    default:
      return undefined;
  }
};

const duration = ({ startedAt, endedAt }: Step, now: number): string => {
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return formatDuration(startedAt === undefined ? 0 : (end - Date.parse(startedAt)) / 1000);
};

const elapsed = (step: Step, now: number): string => `[${duration(step, now)} elapsed]`;

import type { AzCommand } from './az-command.ts';
import type { Comparison, Difference } from './compare-sides.ts';
import type { RequestCounts } from './count-requests.ts';
import type { ListedDifference } from './parity-table.ts';
import type { CommandTime } from './time-of-command.ts';

/** A command of the tutorial, how it ended and where its time went. */
export type TimedCommand = AzCommand & CommandTime;

/** What a run of the conformance found. */
export interface ConformanceResult {
  readonly commands: readonly TimedCommand[];
  /** What is wrong with how they ended. */
  readonly failures: readonly string[];
  readonly comparison: Comparison;
  /** Differences that docs/parity.md does not list. */
  readonly unlisted: readonly Difference[];
  /** Those that it lists and that are no longer seen. */
  readonly gone: readonly ListedDifference[];
  readonly requests: { readonly tutorial: RequestCounts; readonly post: RequestCounts };
  /** From the POST to the end of its last step, in modelled seconds. */
  readonly postSeconds: number;
  /** Modelled seconds per real one. */
  readonly speed: number;
}

/**
 * The tutorial's time and its parts, in seconds. Azure's are modelled and `az`'s own are real ones: a person at a desk waits for both. What `az` sleeps
 * after an operation has ended is no part of the total, since its length depends on the modelled speed; the tutorial is better off for that.
 */
export const tutorialTimes = (commands: readonly CommandTime[]): CommandTime & { readonly totalSeconds: number } => {
  const sum = (part: (time: CommandTime) => number): number =>
    commands.reduce((total, command) => total + part(command), 0);
  const azureSeconds = sum((time) => time.azureSeconds);
  const ownSeconds = sum((time) => time.ownSeconds);
  return {
    azureSeconds,
    ownSeconds,
    totalSeconds: azureSeconds + ownSeconds,
    lateSeconds: sum((time) => time.lateSeconds),
  };
};

/** Whether everything is as it should be. */
export const hasPassed = ({ failures, unlisted, gone }: ConformanceResult): boolean =>
  failures.length + unlisted.length + gone.length === 0;

import type { MutantOutcome } from './mutant-outcome.ts';
import { reasonOf, type SurvivorReason } from './survivor-reasons.ts';

/** What a mutation run of a room showed. */
export interface RoomScore {
  readonly room: string;
  /** Mutants that compile. */
  readonly mutants: number;
  readonly killed: number;
  readonly doNotCompile: number;
  /** What no test noticed, covered or not, in the order of the files. */
  readonly survivors: readonly Survivor[];
  /** Reasons whose mutant does not survive any more. */
  readonly outdated: readonly SurvivorReason[];
}

/** A mutant that no test noticed. */
export interface Survivor extends MutantOutcome {
  readonly reason: string | undefined;
}

/** Counts a room's mutants. */
export const scoreRoom = (
  room: string,
  outcomes: readonly MutantOutcome[],
  reasons: readonly SurvivorReason[],
): RoomScore => {
  const count = (state: MutantOutcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length;
  const survivors = outcomes
    .filter(({ state }) => state === 'survived' || state === 'not covered')
    .map((outcome) => ({ ...outcome, reason: reasonOf(reasons, outcome) }))
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  return {
    room,
    mutants: outcomes.length - count('does not compile'),
    killed: count('killed'),
    doNotCompile: count('does not compile'),
    survivors,
    outdated: reasons.filter(
      ({ file, change }) => !survivors.some((survivor) => survivor.file === file && survivor.change === change),
    ),
  };
};

/** Returns the part of the mutants that tests noticed, in percent. */
export const percentKilled = ({ killed, mutants }: Pick<RoomScore, 'killed' | 'mutants'>): number =>
  mutants === 0 ? 100 : (100 * killed) / mutants;

/** Adds up rooms. */
export const totalScore = (scores: readonly RoomScore[]): Omit<RoomScore, 'survivors' | 'outdated'> => ({
  room: 'all rooms',
  mutants: scores.reduce((sum, { mutants }) => sum + mutants, 0),
  killed: scores.reduce((sum, { killed }) => sum + killed, 0),
  doNotCompile: scores.reduce((sum, { doNotCompile }) => sum + doNotCompile, 0),
});

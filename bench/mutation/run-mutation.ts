import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { columns } from '../../command-line/columns.ts';
import { CommandError } from '../../command-line/command-errors.ts';
import { mutantOutcomes } from './mutant-outcome.ts';
import { percentKilled, type RoomScore, scoreRoom, totalScore } from './room-score.ts';
import { findRooms, type Room } from './rooms.ts';
import { outputFolder, runRoom } from './run-room.ts';
import { scoreRows, survivorLines } from './score-lines.ts';
import { readReasons } from './survivor-reasons.ts';
import { readTestFiles, unitTestsOf } from './unit-tests.ts';
import { writeScores } from './write-scores.ts';

const LEAST_PERCENT = 85;

/** What to mutate and how to report it. */
export interface MutationRun {
  readonly root: string;
  /** Names of rooms; none means all. */
  readonly rooms: readonly string[];
  /** Only these files; none means all of the rooms. */
  readonly files: readonly string[];
  /** Where the tests stand that are run; none means all unit tests. */
  readonly tests: readonly string[];
  readonly fresh: boolean;
  /** Also prints survivors that have a reason. */
  readonly all: boolean;
  readonly say: (line: string) => void;
}

/**
 * Mutates rooms one after the other and prints their scores. A run of all rooms writes them into docs/mutation.md.
 *
 * @returns the exit code: 1 when too many mutants survive, or one survives without a reason.
 */
export const runMutation = async ({ root, rooms, files, tests, fresh, all, say }: MutationRun): Promise<number> => {
  const startedAt = Date.now();
  const chosen = chooseRooms(findRooms(root), rooms, files);
  const testFiles = readTestFiles(root).filter(
    ({ file }) => tests.length === 0 || tests.some((path) => file.startsWith(path)),
  );
  const scores: RoomScore[] = [];
  for (const { room, mutated } of chosen) {
    const unitTests = unitTestsOf(testFiles, mutated);
    say(`\n${room.name}: ${mutated.length} files, ${unitTests.length} files of unit tests load them`);
    const results = await runRoom({ root, room: room.name, files: mutated, unitTests, fresh });
    const outcomes = mutantOutcomes(root, results).filter(({ file }) => room.files.includes(file));
    const score = scoreRoom(room.name, outcomes, readReasons(root, room.name));
    for (const line of survivorLines(score, all)) say(line);
    for (const line of columns(scoreRows([score]))) say(line);
    scores.push(score);
  }
  rmSync(join(root, outputFolder, 'sandbox'), { recursive: true, force: true });
  if (scores.length > 1) for (const line of ['', ...columns(scoreRows(scores))]) say(line);
  if ([rooms, files, tests].every(({ length }) => length === 0))
    await writeScores(root, scores, fresh ? Date.now() - startedAt : undefined);
  const isGood = percentKilled(totalScore(scores)) >= LEAST_PERCENT;
  return isGood && scores.every(({ survivors }) => survivors.every(({ reason }) => reason)) ? 0 : 1;
};

const chooseRooms = (
  found: readonly Room[],
  names: readonly string[],
  files: readonly string[],
): { readonly room: Room; readonly mutated: readonly string[] }[] => {
  const unknown =
    names.find((name) => !found.some((room) => room.name === name)) ??
    files.find((file) => !found.some((room) => room.files.includes(file)));
  if (unknown !== undefined) {
    throw new CommandError(`${unknown} is not mutated. Rooms: ${found.map(({ name }) => name).join(', ')}.`);
  }
  return found
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((room) => ({
      room,
      mutated: files.length === 0 ? room.files : room.files.filter((file) => files.includes(file)),
    }))
    .filter(({ mutated }) => mutated.length > 0);
};

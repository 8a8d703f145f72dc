import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import type { RunOptions } from './run-options.ts';

/** What to mutate, and which tests may notice. */
export interface RoomRun {
  readonly root: string;
  readonly room: string;
  readonly files: readonly string[];
  readonly unitTests: readonly string[];
  /** Forgets the results of earlier runs. */
  readonly fresh: boolean;
}

/** Where results of earlier runs and reports are kept; git does not see it. */
export const outputFolder = 'out/mutation';

/** Stryker does not run without a test. */
const ANY_TEST = 'test/mutation/mutated-source.test.ts';

/**
 * Mutates files of a room and runs the unit tests with each mutant. Results of mutants whose code and tests did not change are taken from
 * the run before. Not noticed are changes elsewhere: in what the tests import.
 *
 * @returns the results of all mutants of the room that are known, also of files that this run does not mutate.
 */
export const runRoom = async ({ root, room, files, unitTests, fresh }: RoomRun): Promise<MutantResult[]> => {
  const own: RunOptions = { mutation: { root, unitTests: unitTests.length > 0 ? [...unitTests] : [ANY_TEST] } };
  const path = (name: string): string => join(outputFolder, room.replaceAll('/', '-'), name);
  const stryker = new Stryker({
    configFile: join(import.meta.dirname, 'stryker.json'),
    mutate: [...files],
    concurrency: availableParallelism(),
    incrementalFile: path('results.json'),
    force: fresh,
    htmlReporter: { fileName: path('report.html') },
    ...own,
  });
  return stryker.runMutationTest();
};

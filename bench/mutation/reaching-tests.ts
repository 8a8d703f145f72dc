import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import * as z from 'zod';

const reachingTests = z.record(z.string(), z.array(z.string()));

/** The test files that reach a mutant, by its id. Files that reach few mutants come first: they are about it, and quick. */
export type ReachingTests = z.infer<typeof reachingTests>;

export const findReachingTests = (coverage: ReadonlyMap<string, MutantCoverage>): ReachingTests => {
  const byFile = [...coverage].map(([file, { static: loaded, perTest }]) => {
    const reached = new Set([loaded, ...Object.values(perTest)].flatMap((hits) => Object.keys(hits)));
    return { file, reached };
  });
  const found: ReachingTests = {};
  for (const { file, reached } of byFile.sort((a, b) => a.reached.size - b.reached.size)) {
    for (const mutant of reached) found[mutant] = [...(found[mutant] ?? []), file];
  }
  return found;
};

/** The first run of the tests happens in one of Stryker's processes; the others need what it found. */
const fileIn = (sandbox: string): string => join(sandbox, 'reaching-tests.json');

export const saveReachingTests = (sandbox: string, tests: ReachingTests): void =>
  writeFileSync(fileIn(sandbox), JSON.stringify(tests));

export const loadReachingTests = (sandbox: string): ReachingTests =>
  reachingTests.parse(JSON.parse(readFileSync(fileIn(sandbox), 'utf8')));

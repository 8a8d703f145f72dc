import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Location, MutantResult } from '@stryker-mutator/api/core';
import { originalText } from './mutated-source.ts';

/** A mutant as people read it. */
export interface MutantOutcome {
  /** Path below the project's root. */
  readonly file: string;
  readonly line: number;
  readonly state: 'killed' | 'survived' | 'not covered' | 'does not compile';
  /** The change on one line, e.g. `StringLiteral: 'x' → ""`. Reasons of survivors name it. */
  readonly change: string;
}

const LONGEST_TEXT = 70;

/** Returns Stryker's results in our words. Timed out counts as killed: the tests noticed. */
export const mutantOutcomes = (root: string, results: readonly MutantResult[]): MutantOutcome[] =>
  [...Map.groupBy(results, ({ fileName }) => fileName)].flatMap(([fileName, ofFile]) => {
    const file = relative(root, fileName);
    const source = readFileSync(join(root, file), 'utf8');
    return ofFile.map(({ mutatorName, location, replacement, status }) => ({
      file,
      line: location.start.line,
      state: stateOf(status),
      change: `${mutatorName}: ${short(originalText(source, fromZero(location)))} → ${short(replacement)}`,
    }));
  });

/** Results count lines and columns from one, mutants from zero. */
const fromZero = ({ start, end }: Location): Location => ({
  start: { line: start.line - 1, column: start.column - 1 },
  end: { line: end.line - 1, column: end.column - 1 },
});

/** What Stryker could not decide counts as survived. */
const stateOf = (status: MutantResult['status']): MutantOutcome['state'] => {
  switch (status) {
    case 'Killed':
    case 'Timeout':
      return 'killed';
    case 'NoCoverage':
      return 'not covered';
    case 'CompileError':
      return 'does not compile';
    default:
      return 'survived';
  }
};

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
};

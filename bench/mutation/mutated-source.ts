import type { Location, Position } from '@stryker-mutator/api/core';

/** Where a mutant stands and what stands there instead. Stryker counts lines and columns from zero. */
export interface Replacement {
  readonly location: Location;
  readonly replacement: string;
}

/** Returns the offset of a position in a text. */
const offsetOf = (source: string, { line, column }: Position): number => {
  const before = source.split('\n').slice(0, line);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column;
};

/** Returns the text that a mutant replaces. */
export const originalText = (source: string, { start, end }: Location): string =>
  source.slice(offsetOf(source, start), offsetOf(source, end));

/** Returns a source file with a mutant in it. */
export const mutatedSource = (source: string, { location, replacement }: Replacement): string =>
  source.slice(0, offsetOf(source, location.start)) + replacement + source.slice(offsetOf(source, location.end));

import { dirname } from 'node:path';

/** Sorts the tests of a file of src before those of its room, and both before all others: what is nearest kills most mutants. Otherwise the order stays. */
export const nearestFirst = (tests: readonly string[], mutated: string): string[] => {
  const own = mutated.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  const distance = (test: string): number => (test === own ? 0 : dirname(test) === dirname(own) ? 1 : 2);
  return tests.toSorted((a, b) => distance(a) - distance(b));
};

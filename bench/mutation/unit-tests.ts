import { globSync } from 'node:fs';
import { ImportGraph } from './imports-of.ts';

/**
 * What a unit test must not import, directly or through others. This list alone decides which tests count in the mutation run.
 */
const NOT_IN_UNIT_TESTS = [
  // The emulators.
  /^local\/functions-host\//,
  /^local\/azure-simulator\//,
  // What starts programs.
  /^node:child_process$/,
  // Tests that read the text of src: it is another one in the mutation run.
  /^test\/support\/syntax-tree\.ts$/,
];

/** What loads the app with settings of its own: Azure's packages keep some of them for the process, and a mutation run has one process for all tests. */
const NO_UNIT_TESTS = /^test\/app\//;

/** A test file and what it imports. */
export interface TestFile {
  readonly file: string;
  readonly imports: ReadonlySet<string>;
  /** The import that makes it more than a unit test, and who imports it. */
  readonly excludedBy: { readonly imported: string; readonly by: string } | undefined;
}

/** Reads all test files of the project. */
export const readTestFiles = (root: string): TestFile[] => {
  const graph = new ImportGraph(root);
  return globSync('test/**/*.test.ts', { cwd: root })
    .sort()
    .map((file) => {
      const reached = graph.reachedFrom(file);
      const [excludedBy] = NO_UNIT_TESTS.test(file)
        ? [[file, file] as const]
        : [...reached].filter(([imported]) => NOT_IN_UNIT_TESTS.some((pattern) => pattern.test(imported)));
      return {
        file,
        imports: new Set(reached.keys()),
        excludedBy: excludedBy && { imported: excludedBy[0], by: excludedBy[1] },
      };
    });
};

/** Returns the unit tests that load at least one of the given files of src. */
export const unitTestsOf = (tests: readonly TestFile[], files: readonly string[]): string[] =>
  tests
    .filter(({ excludedBy, imports }) => excludedBy === undefined && files.some((file) => imports.has(file)))
    .map(({ file }) => file);

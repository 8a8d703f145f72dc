import type { MutantCoverage } from '@stryker-mutator/api/core';
import { type TestResult, TestStatus } from '@stryker-mutator/api/test-runner';
import type { TestCase, TestModule, TestRunResult } from 'vitest/node';
import { testId } from './test-id.ts';

/** What a run of test files showed, in Stryker's words. */
export interface TestOutcome {
  readonly tests: readonly TestResult[];
  /** What failed outside of tests: a file that does not load, a promise that nobody awaited. */
  readonly errors: readonly string[];
  /** How often the mutant was reached. */
  readonly hits: number;
  /** What each file's tests reach, by the file's path in the project. */
  readonly coverage: ReadonlyMap<string, MutantCoverage>;
}

export const testOutcome = ({ testModules, unhandledErrors }: TestRunResult): TestOutcome => ({
  tests: testModules.flatMap((module) => [...module.children.allTests()].map(testResult)),
  errors: [
    ...testModules.flatMap((module) => module.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`)),
    ...unhandledErrors.map(String),
  ],
  hits: testModules.reduce((sum, module) => sum + (module.meta().hits ?? 0), 0),
  coverage: new Map(testModules.flatMap(coverageOf)),
});

const coverageOf = (module: TestModule): [string, MutantCoverage][] => {
  const { mutantCoverage } = module.meta();
  return mutantCoverage ? [[module.relativeModuleId, mutantCoverage]] : [];
};

const testResult = (test: TestCase): TestResult => {
  const { state, errors } = test.result();
  const about = {
    id: testId(test.module.relativeModuleId, test.id),
    name: test.fullName,
    timeSpentMs: test.diagnostic()?.duration ?? 0,
    fileName: test.module.moduleId,
    ...(test.location && { startPosition: { line: test.location.line - 1, column: test.location.column - 1 } }),
  };
  if (state === 'failed') {
    return { ...about, status: TestStatus.Failed, failureMessage: errors?.[0]?.message ?? 'The test failed.' };
  }
  return { ...about, status: state === 'passed' ? TestStatus.Success : TestStatus.Skipped };
};

import type { CoverageData, MutantCoverage } from '@stryker-mutator/api/core';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import type { MutantMode } from './mutant-in-thread.ts';
import { findReachingTests, loadReachingTests, type ReachingTests, saveReachingTests } from './reaching-tests.ts';
import { splitTestId } from './test-id.ts';
import type { TestOutcome } from './test-outcome.ts';
import { TestRuns, type TestSelection } from './test-runs.ts';
import { TestThread } from './test-thread.ts';

/**
 * Runs the unit tests for Stryker.
 *
 * Stryker's own runner for vitest starts a thread for each mutant and test file, which costs many times what the tests do. This one keeps a thread
 * and what it has loaded. What a module remembers of the mutant before must not decide: a kill counts only if the same test then passes without
 * the mutant, and a mutant that was never reached gets a new thread.
 */
export class UnitTestRunner implements TestRunner {
  readonly #files: readonly string[];
  readonly #sandbox = process.cwd();
  #runs: TestRuns | undefined;
  #kept = new TestThread();
  #reaching: ReachingTests | undefined;

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    this.#runs = await TestRuns.start(this.#sandbox);
  }

  async dispose(): Promise<void> {
    await this.#kept.end();
    await this.#runs?.end();
  }

  async dryRun(): Promise<DryRunResult> {
    const { tests, errors, coverage } = await this.#started.eachAlone(this.#files, { kind: 'coverage' });
    if (errors.length > 0) return { status: DryRunStatus.Error, errorMessage: errors.join('\n') };
    saveReachingTests(this.#sandbox, findReachingTests(coverage));
    return { status: DryRunStatus.Complete, tests: [...tests], mutantCoverage: sumOf([...coverage.values()]) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, activeMutant } = options;
    if (testFilter) return this.#runInKeptThread(selectionsOf(testFilter), options);
    this.#reaching ??= loadReachingTests(this.#sandbox);
    const files = this.#reaching[activeMutant.id] ?? [];
    const selections = files.map((file) => ({ file }));
    return this.#runInNewThreads(selections, options);
  }

  async #runInKeptThread(selections: readonly TestSelection[], options: MutantRunOptions): Promise<MutantRunResult> {
    let hits = 0;
    for (const selection of selections) {
      const outcome = await this.#started.inThread(this.#kept, selection, modeOf(options));
      const result = mutantResult(outcome, options);
      hits += outcome.hits;
      if (result.status === MutantRunStatus.Survived) continue;
      const repeated = await this.#started.inThread(this.#kept, selectionOfFailed(selection, outcome), {
        kind: 'none',
      });
      if (passed(repeated)) return result;
      await this.#kept.end();
      this.#kept = new TestThread();
      return this.#runInNewThreads(selections, options);
    }
    return hits === 0 ? this.#runInNewThreads(selections, options) : SURVIVED;
  }

  /** Runs files in a new thread. A file that fails after others have run in the thread gets one of its own. */
  async #runInNewThreads(selections: readonly TestSelection[], options: MutantRunOptions): Promise<MutantRunResult> {
    let thread = new TestThread();
    let isNew = true;
    try {
      for (const selection of selections) {
        const run = async () => mutantResult(await this.#started.inThread(thread, selection, modeOf(options)), options);
        let result = await run();
        if (result.status !== MutantRunStatus.Survived && !isNew) {
          await thread.end();
          thread = new TestThread();
          result = await run();
        }
        if (result.status !== MutantRunStatus.Survived) return result;
        isNew = false;
      }
      return SURVIVED;
    } finally {
      await thread.end();
    }
  }

  get #started(): TestRuns {
    if (!this.#runs) throw new Error('The test runner has not been started.');
    return this.#runs;
  }
}

const SURVIVED: MutantRunResult = { status: MutantRunStatus.Survived, nrOfTests: 0 };

const modeOf = ({ activeMutant: { id }, mutantActivation: activation, hitLimit }: MutantRunOptions): MutantMode => ({
  kind: 'mutant',
  id,
  activation,
  hitLimit,
});

const selectionsOf = (testIds: readonly string[]): TestSelection[] =>
  [...Map.groupBy(testIds, (id) => splitTestId(id).file)].map(([file, ids]) => ({
    file,
    testIds: ids.map((id) => splitTestId(id).id),
  }));

const failedOf = ({ tests }: TestOutcome): TestResult[] => tests.filter(({ status }) => status === TestStatus.Failed);

const passed = (outcome: TestOutcome): boolean => failedOf(outcome).length === 0 && outcome.errors.length === 0;

const selectionOfFailed = (selection: TestSelection, outcome: TestOutcome): TestSelection => {
  const [failed] = failedOf(outcome);
  return failed ? { file: selection.file, testIds: [splitTestId(failed.id).id] } : selection;
};

const mutantResult = ({ tests, errors, hits }: TestOutcome, { hitLimit }: MutantRunOptions): MutantRunResult => {
  const timedOut = determineHitLimitReached(hits, hitLimit);
  if (timedOut) return toMutantRunResult(timedOut);
  const [error] = errors;
  if (error === undefined) return toMutantRunResult({ status: DryRunStatus.Complete, tests: [...tests] });
  return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: error, nrOfTests: tests.length };
};

const sumOf = (coverages: readonly MutantCoverage[]): MutantCoverage => {
  const sum: { static: CoverageData; perTest: Record<string, CoverageData> } = { static: {}, perTest: {} };
  for (const { static: loaded, perTest } of coverages) {
    for (const [mutant, hits] of Object.entries(loaded)) sum.static[mutant] = (sum.static[mutant] ?? 0) + hits;
    Object.assign(sum.perTest, perTest);
  }
  return sum;
};

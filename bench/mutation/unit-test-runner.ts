import { relative } from 'node:path';
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
import { nearestFirst } from './nearest-first.ts';
import { findReachingTests, loadReachingTests, type ReachingTests, saveReachingTests } from './reaching-tests.ts';
import { splitTestId } from './test-id.ts';
import type { TestOutcome } from './test-outcome.ts';
import { TestRuns, type TestSelection } from './test-runs.ts';
import { TestThread } from './test-thread.ts';

/** What a run of a test file with a mutant showed. */
interface Verdict {
  readonly result: MutantRunResult;
  readonly outcome: TestOutcome;
}

/**
 * Runs the unit tests for Stryker.
 *
 * Stryker's own runner for vitest starts a thread for each mutant and test file, which costs many times what the tests do. This one keeps two
 * threads: one with all that it has loaded, and one that loads the project's modules anew, for mutants that act while a module loads. What a
 * thread remembers of the mutant before must not decide: a kill counts only if the same test then passes without the mutant, and a mutant that was
 * never reached is tried in the other thread.
 */
export class UnitTestRunner implements TestRunner {
  readonly #files: readonly string[];
  readonly #sandbox = process.cwd();
  #runs: TestRuns | undefined;
  #keeping = new TestThread({ reloads: false });
  #reloading = new TestThread({ reloads: true });
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
    await this.#endThreads();
    await this.#runs?.end();
  }

  async dryRun(): Promise<DryRunResult> {
    const outcomes: TestOutcome[] = [];
    for (const file of this.#files) {
      outcomes.push(await this.#started.inThread(this.#reloading, { file }, { kind: 'coverage' }));
    }
    const errors = outcomes.flatMap((outcome) => outcome.errors);
    if (errors.length > 0) return { status: DryRunStatus.Error, errorMessage: errors.join('\n') };
    const coverage = new Map(outcomes.flatMap((outcome) => [...outcome.coverage]));
    saveReachingTests(this.#sandbox, findReachingTests(coverage));
    return {
      status: DryRunStatus.Complete,
      tests: outcomes.flatMap(({ tests }) => tests),
      mutantCoverage: sumOf([...coverage.values()]),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, activeMutant, sandboxFileName } = options;
    if (testFilter) return this.#runWhileLoaded(selectionsOf(testFilter), options);
    this.#reaching ??= loadReachingTests(this.#sandbox);
    const files = this.#reaching[activeMutant.id] ?? [];
    const mutated = relative(this.#sandbox, sandboxFileName);
    return this.#runAnew(
      nearestFirst(files, mutated).map((file) => ({ file })),
      options,
    );
  }

  async #runWhileLoaded(selections: readonly TestSelection[], options: MutantRunOptions): Promise<MutantRunResult> {
    let hits = 0;
    for (const selection of selections) {
      const { result, outcome } = await this.#run(this.#keeping, selection, options);
      if (result.status !== MutantRunStatus.Survived) return result;
      hits += outcome.hits;
    }
    return hits === 0 ? this.#runAnew(selections, options) : SURVIVED;
  }

  async #runAnew(selections: readonly TestSelection[], options: MutantRunOptions): Promise<MutantRunResult> {
    for (const selection of selections) {
      const { result } = await this.#run(this.#reloading, selection, options);
      if (result.status !== MutantRunStatus.Survived) return result;
    }
    return SURVIVED;
  }

  /** Runs a file with the mutant. A thread in which it then fails without the mutant, too, is replaced. */
  async #run(thread: TestThread, selection: TestSelection, options: MutantRunOptions): Promise<Verdict> {
    const verdict = verdictOf(await this.#started.inThread(thread, selection, modeOf(options)), options);
    if (verdict.result.status === MutantRunStatus.Survived) return verdict;
    const failed = selectionOfFailed(selection, verdict.outcome);
    if (passed(await this.#started.inThread(thread, failed, { kind: 'none' }))) return verdict;
    await this.#endThreads();
    return verdictOf(await this.#started.inThread(this.#reloading, selection, modeOf(options)), options);
  }

  async #endThreads(): Promise<void> {
    await Promise.all([this.#keeping.end(), this.#reloading.end()]);
    this.#keeping = new TestThread({ reloads: false });
    this.#reloading = new TestThread({ reloads: true });
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

const verdictOf = (outcome: TestOutcome, options: MutantRunOptions): Verdict => ({
  result: mutantResult(outcome, options),
  outcome,
});

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

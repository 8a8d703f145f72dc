import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createVitest, ThreadsPoolWorker, type Vitest } from 'vitest/node';
import type { MutantMode } from './mutant-in-thread.ts';
import { type TestOutcome, testOutcome } from './test-outcome.ts';
import { TestThread } from './test-thread.ts';

/** A test file and, unless all of its tests count, the ids of those that do. */
export interface TestSelection {
  readonly file: string;
  readonly testIds?: string[];
}

/** Runs test files of the sandbox through vitest. */
export class TestRuns {
  readonly #vitest: Vitest;
  readonly #useThread: (thread: TestThread | undefined) => void;

  private constructor(vitest: Vitest, useThread: (thread: TestThread | undefined) => void) {
    this.#vitest = vitest;
    this.#useThread = useThread;
  }

  /** Starts vitest without `vitest.config.ts`: its projects are about how the whole suite runs. */
  static async start(root: string): Promise<TestRuns> {
    let current: TestThread | undefined;
    const vitest = await createVitest({
      root,
      config: false,
      watch: false,
      reporters: [{}],
      include: ['test/**/*.test.ts'],
      setupFiles: [join(import.meta.dirname, 'in-thread.ts')],
      includeTaskLocation: true,
      testTimeout: 30_000,
      maxWorkers: availableParallelism(),
      onConsoleLog: () => false,
      pool: {
        name: TestThread.name,
        createPoolWorker: (options) => current?.poolWorker(options) ?? new ThreadsPoolWorker(options),
      },
    });
    return new TestRuns(vitest, (thread) => {
      current = thread;
    });
  }

  /** Runs each file in a thread of its own, as many at once as there are cores. */
  async eachAlone(files: readonly string[], mode: MutantMode): Promise<TestOutcome> {
    return this.#run(
      files.map((file) => ({ file })),
      mode,
      undefined,
    );
  }

  /** Runs one file in a thread that may have run others. */
  async inThread(thread: TestThread, selection: TestSelection, mode: MutantMode): Promise<TestOutcome> {
    return this.#run([selection], mode, thread);
  }

  async end(): Promise<void> {
    await this.#vitest.close();
  }

  async #run(
    selections: readonly TestSelection[],
    mode: MutantMode,
    thread: TestThread | undefined,
  ): Promise<TestOutcome> {
    const project = this.#vitest.getRootProject();
    project.provide('mutantMode', mode);
    project.config.isolate = thread === undefined;
    this.#useThread(thread);
    const specifications = selections.map(({ file, testIds }) =>
      project.createSpecification(join(project.config.root, file), testIds && { testIds }),
    );
    return testOutcome(await this.#vitest.runTestSpecifications(specifications));
  }
}

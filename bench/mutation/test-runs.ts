import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';
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
  readonly #useThread: (thread: TestThread) => void;

  private constructor(vitest: Vitest, useThread: (thread: TestThread) => void) {
    this.#vitest = vitest;
    this.#useThread = useThread;
  }

  /** Starts vitest without `vitest.config.ts`: its projects are about how the whole suite runs. */
  static async start(root: string): Promise<TestRuns> {
    let current = new TestThread({ reloads: true });
    const vitest = await createVitest({
      root,
      config: false,
      watch: false,
      reporters: [{}],
      include: ['test/**/*.test.ts'],
      setupFiles: [join(import.meta.dirname, 'in-thread.ts')],
      includeTaskLocation: true,
      testTimeout: 30_000,
      maxWorkers: 1,
      onConsoleLog: () => false,
      pool: {
        name: TestThread.name,
        createPoolWorker: (options) => current.poolWorker(options),
      },
    });
    return new TestRuns(vitest, (thread) => {
      current = thread;
    });
  }

  /** Runs one test file in a thread that may have run others. */
  async inThread(thread: TestThread, { file, testIds }: TestSelection, mode: MutantMode): Promise<TestOutcome> {
    const project = this.#vitest.getRootProject();
    project.provide('mutantMode', mode);
    project.config.isolate = thread.reloads;
    this.#useThread(thread);
    const specification = project.createSpecification(join(project.config.root, file), testIds && { testIds });
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications([specification]);
    // Vitest gives back all files that it ever ran: what another one showed, with another mutant, must not count again.
    const ofFile = testModules.filter(({ moduleId }) => moduleId === specification.moduleId);
    return testOutcome({ testModules: ofFile, unhandledErrors });
  }

  async end(): Promise<void> {
    await this.#vitest.close();
  }
}

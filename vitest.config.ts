import { defineConfig } from 'vitest/config';

/** Tests whose files each need a process: the app reads the simulator's URL once for each process, and programs are started with its environment. */
const OWN_PROCESS = [
  'app',
  'browser',
  'cli',
  'cli-client',
  'contract',
  'crash-test',
  'fault-matrix',
  'integrations',
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 30_000,
    pool: 'forks',
    // By itself vitest leaves one core idle, which of two is half the machine.
    maxWorkers: '100%',
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS } },
      {
        extends: true,
        // One process for many files: to load what they import for each file anew costs more than the tests.
        test: { name: 'shared process', include: ['test/**/*.test.ts'], exclude: OWN_PROCESS, isolate: false },
      },
    ],
  },
});

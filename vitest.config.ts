import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What Node makes of the app and of Azure's clients is kept for all processes: for the tests', and for those that they start.
// The folder above is made first, as command-line/begin.js makes it: for its owner alone.
mkdirSync(new URL('.data', import.meta.url), { recursive: true, mode: 0o700 });
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.data/compile-cache', import.meta.url));

const inFolders = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** Tests whose files each need a process: they load the app, or its clients, with settings that it reads once. */
const OWN_PROCESS = [
  ...inFolders('app/clouds', 'app/telemetry', 'browser'),
  ...['consent', 'entra', 'misconfigured', 'stored-data'].map((name) => `test/app/callers/${name}.test.ts`),
  'test/app/how-to-add-a-step.test.ts',
  'test/app/secrets.test.ts',
  ...['azure-hosts', 'log-in', 'platform-credential', 'simulator-transport', 'tracing-policy'].map(
    (name) => `test/azure/${name}.test.ts`,
  ),
];

/** Tests that start programs, which get the environment of the tests' process: it stays as it is. */
const PROGRAMS = inFolders('cli');

/** What goes to Azure, packed and run: npm run check:package. It installs packages, which takes as long as the network does. */
const PACKAGE = inFolders('package');

/** Tests of the app on both emulators (test/support/world.ts). */
const APP = inFolders('app', 'cli-client', 'contract', 'crash-test', 'fault-matrix', 'integrations', 'races', 'role');

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // A hook may load the app, which takes its time on a busy machine.
    hookTimeout: 120_000,
    pool: 'forks',
    // By itself vitest leaves one core idle, which of two is half the machine.
    maxWorkers: '100%',
    // Keeps what vite makes of a file for the next run.
    fsModuleCache: true,
    fsModuleCachePath: '.data/vitest',
    reporters: ['default', './test/closing-line.ts'],
    setupFiles: ['./test/support/rsa-key-pool.ts'],
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS } },
      // One process for many files: to load what they import for each file anew, the app with Azure's SDKs above all, costs more than many tests do.
      { extends: true, test: { name: 'app', include: APP, exclude: OWN_PROCESS, isolate: false } },
      { extends: true, test: { name: 'programs', include: PROGRAMS, isolate: false } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...OWN_PROCESS, ...APP, ...PROGRAMS, ...PACKAGE],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'package', include: PACKAGE } },
    ],
  },
});

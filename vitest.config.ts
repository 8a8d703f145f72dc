import { defineConfig } from 'vitest/config';

const inFolders = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** Tests whose files each need a process: they start programs with its environment, or load the app with settings that it reads once. */
const OWN_PROCESS = inFolders(
  'app/callers',
  'app/clouds',
  'app/telemetry',
  'azure',
  'browser',
  'cli',
  'crash-test',
  'fault-matrix',
  'role',
);

/** What goes to Azure, packed and run: npm run check:package. It installs packages, which takes as long as the network does. */
const PACKAGE = inFolders('package');

/** Tests of the app on both stand-ins (test/support/stand-ins.ts). */
const APP = inFolders('app', 'cli-client', 'contract', 'integrations');

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // By itself vitest leaves one core idle, which of two is half the machine.
    maxWorkers: '100%',
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS } },
      // One process for many files: to load what they import for each file anew, the app with Azure's SDKs above all, costs more than many tests do.
      { extends: true, test: { name: 'app', include: APP, exclude: OWN_PROCESS, isolate: false } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...OWN_PROCESS, ...APP, ...PACKAGE],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'package', include: PACKAGE } },
    ],
  },
});

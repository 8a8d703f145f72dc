import { begin } from '../command-line/begin.js';

await begin('bench/run.js', async (args) => (await import('./run-command.ts')).runCommand(args));

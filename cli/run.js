import { begin } from '../command-line/begin.js';

await begin('cli/run.js', async (args) => (await import('./run-cli.ts')).runCli(args));

import { begin } from '../../command-line/begin.js';

await begin('local/cli/run.js', async (args) => (await import('./run-command.ts')).runCommand(args));

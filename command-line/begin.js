import { mkdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where every npm script of this project begins. Plain JavaScript, like the two files that import it: an older Node has to be able to read it, in
 * order to say what is missing. Everything else is TypeScript, which Node 24 runs as it is.
 */
const NEEDED_MAJOR = 24;

const explainOldNode = (script) => {
  console.error(
    [
      `This project needs Node ${NEEDED_MAJOR} or newer, but is running on Node ${process.versions.node}.`,
      '',
      'It brings its own: the dev dependency "node", which npm scripts find first. It is not there because nothing was installed yet, or',
      'because install scripts were switched off (ignore-scripts in an .npmrc), without which npm falls back to the older Node in silence.',
      '',
      '  npm ci --ignore-scripts=false',
      '',
      `installs it. With a Node ${NEEDED_MAJOR} of your own on the PATH: ${['node', script, ...process.argv.slice(2)].join(' ')}`,
    ].join('\n'),
  );
};

const explainMissingPackage = (error) => {
  console.error(`${error.message.split('\n')[0]}\n\nThe dependencies are not installed. Run: npm ci`);
};

/** Below `.data`, which is made here: Node would make it for everybody to read, and keys are kept in it. */
const cacheFolder = () => {
  const data = fileURLToPath(new URL('../.data', import.meta.url));
  try {
    mkdirSync(data, { mode: 0o700 });
  } catch {
    // It exists, or cannot be made: whoever needs it says so.
  }
  return join(data, 'compile-cache');
};

/**
 * Runs a command line, or says why it cannot run.
 *
 * @param {string} script - its path in the project, for messages.
 * @param {(args: string[]) => Promise<number>} run - imports what it needs; gives the exit code.
 */
export const begin = async (script, run) => {
  if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
    explainOldNode(script);
    process.exitCode = 1;
    return;
  }
  // Keeps what Node makes of TypeScript and JavaScript for the next start, which then takes little more than half the time.
  module.enableCompileCache(cacheFolder());
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const isMissing = error?.code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package/.test(error.message);
    if (!isMissing) throw error;
    explainMissingPackage(error);
    process.exitCode = 1;
  }
};

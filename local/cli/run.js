/**
 * Where every npm script of this project begins. The only file in plain JavaScript: an older Node has to be able to read it, in order to
 * say what is missing. Everything else is TypeScript, which Node 24 runs as it is.
 */
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;

const explainOldNode = () => {
  console.error(
    [
      `This project needs Node ${NEEDED_MAJOR} or newer, but is running on Node ${process.versions.node}.`,
      '',
      'It brings its own: the dev dependency "node", which npm scripts find first. It is not there because nothing was installed yet, or',
      'because install scripts were switched off (ignore-scripts in an .npmrc), without which npm falls back to the older Node in silence.',
      '',
      '  npm ci --ignore-scripts=false',
      '',
      `installs it. With a Node ${NEEDED_MAJOR} of your own on the PATH: node ${process.argv.slice(1).map(shorten).join(' ')}`,
    ].join('\n'),
  );
};

const shorten = (argument) => (argument.endsWith('run.js') ? 'local/cli/run.js' : argument);

const explainMissingPackage = (error) => {
  console.error(`${error.message.split('\n')[0]}\n\nThe dependencies are not installed. Run: npm ci`);
};

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  explainOldNode();
  process.exitCode = 1;
} else {
  // Keeps what Node makes of TypeScript and JavaScript for the next start, which then takes little more than half the time.
  module.enableCompileCache(fileURLToPath(new URL('../../.data/compile-cache', import.meta.url)));
  try {
    const { runCommand } = await import('./run-command.ts');
    process.exitCode = await runCommand(process.argv.slice(2));
  } catch (error) {
    const isMissing = error?.code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package/.test(error.message);
    if (!isMissing) throw error;
    explainMissingPackage(error);
    process.exitCode = 1;
  }
}

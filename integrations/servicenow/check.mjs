import { spawnSync } from 'node:child_process';

/**
 * Installs, lints and builds the app. `now-sdk build` ends with 0 though it leaves out a definition that it could not read: the line with ERROR counts.
 */
const run = (line, remedy) => {
  console.log(`> ${line}`);
  const { status, stdout } = spawnSync(line, { shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  if (status === 0 && !stdout.includes('ERROR')) return;
  console.error(`integrations/servicenow: "${line}" failed. ${remedy}`);
  process.exit(1);
};

run('npm ci --no-audit --no-fund', 'It needs the npm registry: is it reachable?');
run('npm run --silent lint', 'What ServiceNow does not run must not be used.');
run(
  'npm run --silent build -- --frozenKeys',
  'If it is the keys: run "npm run build" and commit src/fluent/generated/keys.ts.',
);

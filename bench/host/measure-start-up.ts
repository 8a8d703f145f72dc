import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../local/project.ts';
import { HOST_NODE_FLAGS } from '../../local/world/host-node-flags.ts';

/**
 * Starts `npm run host` (without npm) with the bench app and a fresh data folder.
 *
 * @returns ms from the start of the process to the first answer of a function.
 * @throws when the host ends instead.
 */
export const measureStartUp = async (): Promise<number> => {
  const data = mkdtempSync(join(tmpdir(), 'bench-host-'));
  const begun = performance.now();
  const command = [inProject('local', 'cli', 'run.js'), 'host', '--app', inProject('bench', 'host', 'app')];
  const child = spawn(process.execPath, [...HOST_NODE_FLAGS, ...command, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  try {
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      const url = /listens on (\S+)\. Ctrl-C/.exec(output)?.[1];
      if (url === undefined) continue;
      const response = await fetch(`${url}/api/hello`);
      if ((await response.text()) !== 'hello') throw new Error(`The bench app answered ${response.status}.`);
      return performance.now() - begun;
    }
    throw new Error(`The host ended:\n${output}`);
  } finally {
    child.kill();
    await exit;
    rmSync(data, { recursive: true, force: true });
  }
};

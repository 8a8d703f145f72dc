import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../local/project.ts';
import { ChildService } from '../../local/world/child-service.ts';

/**
 * Starts `npm run host` (without npm) with the bench app and a fresh data folder.
 *
 * @returns ms from the start of the process to the first answer of a function.
 * @throws when the host ends instead.
 */
export const measureStartUp = async (): Promise<number> => {
  const data = mkdtempSync(join(tmpdir(), 'bench-host-'));
  const begun = performance.now();
  const args = ['--app', inProject('bench', 'host', 'app'), '--port', '0', '--data', data];
  const child = new ChildService({ command: 'host', args });
  try {
    const response = await fetch(`${await child.ready()}/api/hello`);
    if ((await response.text()) !== 'hello') throw new Error(`The bench app answered ${response.status}.`);
    return performance.now() - begun;
  } finally {
    await child.stop();
    rmSync(data, { recursive: true, force: true });
  }
};

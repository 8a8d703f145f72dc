import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStoredClock } from '../clock/stored-clock.ts';

/**
 * Makes several stand-ins' data folders agree on modelled time, before the stand-ins start: the one that is furthest goes on, the others jump to
 * it. Otherwise a host that was started a second after the simulator would be a minute behind it at speed 60.
 */
export const shareClock = (directories: readonly string[], speed: number): void => {
  const clocks = directories.map((directory) => {
    mkdirSync(directory, { recursive: true });
    return openStoredClock(directory, speed);
  });
  const furthest = clocks.toSorted((a, b) => b.now() - a.now())[0];
  if (!furthest) return;
  for (const directory of directories) {
    writeFileSync(join(directory, 'clock.json'), JSON.stringify(furthest.origin));
  }
};

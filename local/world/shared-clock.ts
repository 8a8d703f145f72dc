import { openStoredClock, storeOrigin } from '../clock/stored-clock.ts';
import { holdDirectory } from './data-directory.ts';

/**
 * Makes the data folders of several emulators agree on modelled time, before the emulators start: the one that is furthest goes on, the others jump to
 * it. Otherwise a host that was started a second after the simulator would be a minute behind it at speed 60.
 *
 * @param directories - made if missing.
 * @throws CommandError when a process works with one of them.
 */
export const shareClock = (directories: readonly string[], speed: number): void => {
  const held: (() => void)[] = [];
  try {
    for (const directory of directories) held.push(holdDirectory(directory));
    const clocks = directories.map((directory) => openStoredClock(directory, speed));
    const furthest = clocks.toSorted((a, b) => b.now() - a.now())[0];
    if (!furthest) return;
    for (const directory of directories) storeOrigin(directory, furthest.origin);
  } finally {
    for (const giveBack of held) giveBack();
  }
};

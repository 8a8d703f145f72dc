import { isDeepStrictEqual } from 'node:util';
import { openStoredClock, storeOrigin } from '../clock/stored-clock.ts';
import { asCommandError } from '../storage/as-command-error.ts';
import { holdDirectory } from './data-directory.ts';

/**
 * Makes the data folders of several emulators agree on modelled time, before the emulators start: the one that is furthest goes on, the others jump to
 * it. Otherwise a host that was started a second after the simulator would be a minute behind it at speed 60.
 *
 * @param directories - made if missing.
 * @throws CommandError when a process works with one of them, or the disk does not take a clock.
 */
export const shareClock = (directories: readonly string[], speed: number): void => {
  const held: (() => void)[] = [];
  try {
    for (const directory of directories) held.push(holdDirectory(directory));
    const clocks = directories.map((directory) => openStoredClock(directory, speed));
    const furthest = clocks.toSorted((a, b) => b.now() - a.now())[0];
    if (!furthest) return;
    for (const [index, directory] of directories.entries()) {
      // On a full disk too, what has not changed can go on.
      if (!isDeepStrictEqual(clocks[index]?.origin, furthest.origin)) storeOrigin(directory, furthest.origin);
    }
  } catch (error) {
    throw asCommandError(error, directories.join());
  } finally {
    for (const giveBack of held) giveBack();
  }
};

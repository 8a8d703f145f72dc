import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../storage/replace-file.ts';
import { type ClockOrigin, ScaledClock } from './scaled-clock.ts';

const storedOrigin = z.object({ real: z.number(), modelled: z.number(), speed: z.number().positive() });

const originFile = (directory: string): string => join(directory, 'clock.json');

/**
 * A scaled clock whose origin is kept in `<directory>/clock.json`: after a restart modelled time goes on as if nothing had
 * happened, also when the speed was changed (the new speed counts from now on).
 *
 * @param directory - an existing folder.
 * @param speed - modelled seconds per real second; when undefined, the stored one or else 1.
 * @throws when the file is there but holds no origin: guessing one would make stored timers fire at other times.
 */
export const openStoredClock = (directory: string, speed?: number): ScaledClock => {
  const stored = readClock(originFile(directory));
  const now = Date.now();
  const modelled = stored ? stored.now() : now;
  if (stored && (speed === undefined || speed === stored.origin.speed)) return stored;
  const clock = new ScaledClock({ real: now, modelled, speed: speed ?? 1 });
  storeOrigin(directory, clock.origin);
  return clock;
};

/** Makes the next {@link openStoredClock} of the folder give a clock with that origin. */
export const storeOrigin = (directory: string, origin: ClockOrigin): void => {
  replaceFile(originFile(directory), JSON.stringify(origin));
};

const readClock = (file: string): ScaledClock | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return new ScaledClock(storedOrigin.parse(JSON.parse(text)));
  } catch (error) {
    throw new Error(`${file} does not hold a clock's origin. Delete it to begin with the present time.`, {
      cause: error,
    });
  }
};

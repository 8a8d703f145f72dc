import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScaledClock } from './scaled-clock.ts';

/**
 * A scaled clock whose origin is kept in `<directory>/clock.json`: after a restart modelled time goes on as if nothing had
 * happened, also when the speed was changed (the new speed counts from now on).
 *
 * @param directory - an existing folder.
 * @param speed - modelled seconds per real second; when undefined, the stored one or else 1.
 */
export const openStoredClock = (directory: string, speed?: number): ScaledClock => {
  const file = join(directory, 'clock.json');
  const stored = readOrigin(file);
  const now = Date.now();
  const modelled = stored ? stored.now() : now;
  if (stored && (speed === undefined || speed === stored.origin.speed)) return stored;
  const clock = new ScaledClock({ real: now, modelled, speed: speed ?? 1 });
  writeFileSync(`${file}.new`, JSON.stringify(clock.origin));
  renameSync(`${file}.new`, file);
  return clock;
};

const readOrigin = (file: string): ScaledClock | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null)
    throw new Error(`${file} does not hold a clock's origin; delete it.`);
  const { real, modelled, speed } = { real: 0, modelled: 0, speed: 1, ...value };
  return new ScaledClock({ real, modelled, speed });
};

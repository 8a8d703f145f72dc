import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { CommandError } from '../command-line/command-errors.ts';

/**
 * Writes a file that only this person can read: as a new file under another name first, as one that is there already would keep its permissions.
 *
 * @throws CommandError when it cannot be written.
 */
export const writePrivately = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${file} cannot be written: ${reason}`, { cause: error });
  }
};

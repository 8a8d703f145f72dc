import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';

/**
 * Writes a file that only this person can read: as a new file under another name first, as one that is there already would keep its permissions.
 *
 * @throws CliError when it cannot be written.
 */
export const writePrivately = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`${file} cannot be written: ${reason}`, EXIT.failed, { cause: error });
  }
};

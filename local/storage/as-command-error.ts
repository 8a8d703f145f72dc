import { CommandError } from '../../command-line/command-errors.ts';
import { storageErrorOf } from './storage-error.ts';

/**
 * Returns what a person who started a command reads when the disk does not take or give a file; every other error as it is.
 *
 * @param file - what was read or written.
 */
export const asCommandError = (error: unknown, file: string): unknown => {
  const storage = storageErrorOf(error, file);
  return storage ? new CommandError(storage.message, { cause: error }) : error;
};

import { asCommandError } from '../../storage/as-command-error.ts';
import { makeDataFolder } from '../../storage/make-data-folder.ts';

/** Makes a data folder when it is missing, and says what to type when others can read it. */
export const warnOfReaders = (directory: string): void => {
  try {
    const warning = makeDataFolder(directory);
    if (warning !== undefined) console.error(warning);
  } catch (error) {
    throw asCommandError(error, directory);
  }
};

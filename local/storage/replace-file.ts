import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { storageErrorOf } from './storage-error.ts';

/**
 * Writes a file that its owner alone can read: as a whole or not at all, also when the disk is full or the power fails.
 *
 * @throws StorageError when the disk does not take it; the file is then as it was.
 */
export const replaceFile = (file: string, text: string): void => {
  const fresh = `${file}.new`;
  try {
    rmSync(fresh, { force: true });
    const descriptor = openSync(fresh, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw storageErrorOf(error, file) ?? error;
  }
};

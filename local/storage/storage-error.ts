/**
 * The disk or the file does not take or give data now. What was to be written is not to blame: the same write can succeed later, so work is kept and
 * tried again, and a caller is told to come back.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/**
 * Returns an error of SQLite or of the file system as a {@link StorageError} when the storage is its cause.
 *
 * @param file - what was read or written.
 * @returns undefined for every other error, such as one of the data themselves.
 */
export const storageErrorOf = (error: unknown, file: string): StorageError | undefined => {
  if (error instanceof StorageError) return error;
  if (!(error instanceof Error)) return undefined;
  const reason = reasonOf(error);
  return reason === undefined ? undefined : new StorageError(`${file} ${reason}`, { cause: error });
};

const reasonOf = (error: Error): string | undefined => {
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE[error.errcode % EXTENDED];
  if ('code' in error && typeof error.code === 'string') return SYSTEM[error.code];
  return undefined;
};

/** An extended result code has the primary one in its lowest byte (https://sqlite.org/rescode.html). */
const EXTENDED = 256;

const FULL = 'cannot be written: the disk is full. Free some space on it.';
const READ_ONLY = 'cannot be written: the file or the disk is read-only. Make it writable.';
const UNREADABLE = 'cannot be opened: check that it exists, and who may read and write it.';
const DAMAGED = 'is damaged: it holds no database, or only a part of one. Stop the process and restore the file.';
const BUSY = 'cannot be written: another program keeps it locked. Close that program.';

/** Primary result codes. SQLite has SQLITE_FULL for ENOSPC alone; a quota (EDQUOT) and a limit on sizes (EFBIG) are SQLITE_IOERR there (os_unix.c, unixWrite). */
const SQLITE: Readonly<Record<number, string>> = {
  3: UNREADABLE,
  5: BUSY,
  6: BUSY,
  7: 'cannot be read or written: the memory is full. Close other programs.',
  8: READ_ONLY,
  10: 'cannot be read or written: the disk reports an error. Check its quota, its mount and its health.',
  11: DAMAGED,
  13: FULL,
  14: UNREADABLE,
  15: BUSY,
  22: 'cannot be written: the file is too large for the disk.',
  26: DAMAGED,
};

/** Errors of the file system (errno(3)). */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: UNREADABLE,
  EDQUOT: 'cannot be written: your quota of the disk is used up. Free some space on it.',
  EFBIG: 'cannot be written: the file is too large for the disk or for the limit of this process (ulimit -f).',
  EIO: 'cannot be read or written: the disk reports an error. Check its health.',
  EMFILE: 'cannot be opened: this process has too many open files (ulimit -n).',
  ENFILE: 'cannot be opened: this machine has too many open files.',
  ENOSPC: FULL,
  EPERM: UNREADABLE,
  EROFS: READ_ONLY,
};

import { describe, expect, it } from 'vitest';
import { StorageError, storageErrorOf } from '../../local/storage/storage-error.ts';

const sqlite = (errcode: number): Error => Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });
const system = (code: string): Error => Object.assign(new Error('x'), { code });

describe('storageErrorOf', () => {
  it.each([
    [sqlite(13), 'the disk is full'],
    [sqlite(8), 'read-only'],
    [sqlite(10), 'an error'],
    // SQLITE_IOERR_WRITE and SQLITE_READONLY_DBMOVED, extended.
    [sqlite(778), 'an error'],
    [sqlite(1032), 'read-only'],
    [sqlite(14), 'cannot be opened'],
    [sqlite(11), 'is damaged'],
    [sqlite(26), 'is damaged'],
    [sqlite(5), 'locked'],
    [system('ENOSPC'), 'the disk is full'],
    [system('EDQUOT'), 'quota'],
    [system('EROFS'), 'read-only'],
    [system('EIO'), 'an error'],
    [system('EFBIG'), 'too large'],
    [system('EMFILE'), 'ulimit -n'],
  ])('names the file, what is wrong and what to do: %o', (cause, reason) => {
    const error = storageErrorOf(cause, '/data/hub.sqlite');
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ message: expect.stringContaining(reason), cause });
    expect(error?.message).toMatch(/^\/data\/hub\.sqlite /);
  });

  // SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_MISUSE.
  it.each([sqlite(1), sqlite(18), sqlite(1555), sqlite(21), system('ERR_INVALID_STATE'), new Error('x'), 'text'])(
    'leaves alone what another try would not change: %o',
    (error) => expect(storageErrorOf(error, 'file')).toBeUndefined(),
  );
});

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataFolder } from '../../local/storage/make-data-folder.ts';
import { makeDatabaseFile } from '../../local/storage/make-database-file.ts';
import { replaceFile } from '../../local/storage/replace-file.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'storage-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const rights = (path: string): number => statSync(path).mode & 0o777;

describe('makeDataFolder', () => {
  it('makes the folder and those above it for the owner alone', () => {
    expect(makeDataFolder(join(directory, 'a', 'b'))).toBeUndefined();
    expect([rights(join(directory, 'a')), rights(join(directory, 'a', 'b'))]).toEqual([0o700, 0o700]);
  });

  it.each([0o755, 0o750, 0o701, 0o770])('says what to type for a folder with the mode %o, and leaves it so', (mode) => {
    const folder = join(directory, "it's here");
    mkdirSync(folder);
    chmodSync(folder, mode);
    expect(makeDataFolder(folder)).toBe(
      `Others on this machine can read ${folder}, which holds keys and secrets. To keep them out, type: chmod 700 '${directory}/it'\\''s here'`,
    );
    expect(rights(folder)).toBe(mode);
  });
});

describe('makeDatabaseFile', () => {
  it('makes a file for the owner alone, and leaves one that exists', () => {
    const file = join(directory, 'a.sqlite');
    makeDatabaseFile(file);
    expect(rights(file)).toBe(0o600);
    writeFileSync(file, 'data');
    makeDatabaseFile(file);
    expect(readFileSync(file, 'utf8')).toBe('data');
  });
});

describe('replaceFile', () => {
  it('writes a file for the owner alone, also in place of one that others could read', () => {
    const file = join(directory, 'keys.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    replaceFile(file, 'new');
    expect([readFileSync(file, 'utf8'), rights(file), readdirSync(directory)]).toEqual(['new', 0o600, ['keys.json']]);
  });

  it('leaves the file as it was when the new one cannot be written', () => {
    const file = join(directory, 'keys.json');
    replaceFile(file, 'old');
    const module = JSON.stringify(new URL('../../local/storage/replace-file.ts', import.meta.url).href);
    const script = `import(${module}).then(({ replaceFile }) => replaceFile(${JSON.stringify(file)}, 'x'.repeat(1e6)))`;
    // A process that may write no file larger than 1 KB (or 512 bytes): EFBIG stands for a disk without room.
    const limited = `trap '' XFSZ; ulimit -f 1; exec '${process.execPath}' -e "$0"`;
    const { status, stderr } = spawnSync('bash', ['-c', limited, script], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/StorageError: .*keys\.json cannot be written: the file is too large/),
    ]);
    expect([readFileSync(file, 'utf8'), readdirSync(directory)]).toEqual(['old', ['keys.json']]);
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { zipOf } from '../../local/packaging/zip.ts';

const FILES = { 'host.json': '{}', 'dist/b.js': 'b'.repeat(5_000), 'dist/a.js': 'a', 'dist/é.js': 'é' };

const folderOf = (names: readonly string[], seconds: number, mode: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'dist'));
  for (const [name, content] of Object.entries(FILES).toSorted(([a], [b]) => names.indexOf(a) - names.indexOf(b))) {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), mode);
    utimesSync(join(folder, name), seconds, seconds);
  }
  return folder;
};

it('is the same for the same files, whenever and in whatever order they were written', () => {
  const names = Object.keys(FILES);
  const one = zipOf(folderOf(names, 1_700_000_000, 0o644));
  const other = zipOf(folderOf(names.toReversed(), 1_800_000_000, 0o755));
  expect(Buffer.compare(one, other)).toBe(0);
});

it('holds every file under its path, smaller than it was, and no link', () => {
  const folder = folderOf([], 0, 0o644);
  symlinkSync('dist/a.js', join(folder, 'link'));
  const zip = zipOf(folder);
  const content = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(Object.fromEntries(content)).toEqual(FILES);
  expect(zip.length).toBeLessThan(2_000);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { filesUnder } from './files-under.ts';

/** The first that a zip can express, in local time as zips have it. */
const FIXED_TIME = new Date(1980, 0, 1);
const UNIX = 3;
/** A plain file that everybody may read. */
const FILE_ATTRIBUTES = 0o100644 << 16;

/**
 * A folder as a zip, its content at the zip's root as the Functions host wants it. The same files give the same bytes, on every machine: names
 * are sorted, times and modes fixed, and the compression is fflate's own, not that of Node's zlib, which differs between builds.
 */
export const zipOf = (folder: string): Uint8Array => {
  const entries: Zippable = {};
  for (const file of filesUnder(folder)) {
    entries[file] = [readFileSync(join(folder, file)), { mtime: FIXED_TIME, os: UNIX, attrs: FILE_ATTRIBUTES }];
  }
  return zipSync(entries, { level: 9 });
};

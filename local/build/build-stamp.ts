import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the compiled app depends on, beside its sources. */
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** A fingerprint of all that goes into a build: equal means that building again would give the same. */
export const buildStamp = (root: string): string => {
  const hash = createHash('sha256');
  const sources = globSync('src/**/*.{ts,js,html,css,json}', { cwd: root }).toSorted();
  for (const file of [...SETTINGS, ...sources]) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

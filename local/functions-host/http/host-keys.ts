import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../../storage/replace-file.ts';
import type { Log } from '../worker/log.ts';

const HostKeysFile = z.object({
  master: z.string().min(1),
  /** Open every function of level `function`. */
  functionKeys: z.record(z.string(), z.string()).default({}),
  /** Open one function of that level: function name → key name → key. */
  functions: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Of extensions: `durabletask_extension`. */
  systemKeys: z.object({ durabletask_extension: z.string().min(1) }),
});

/** The keys of a function app. Never logged. */
export type HostKeys = z.output<typeof HostKeysFile>;

/** Random keys, as azure-functions-host makes them for a new app. */
export const newHostKeys = (): HostKeys => ({
  master: newKey(),
  functionKeys: { default: newKey() },
  functions: {},
  systemKeys: { durabletask_extension: newKey() },
});

const newKey = (): string => randomBytes(40).toString('base64url');

/**
 * The keys in `<directory>/keys.json`, which is created with new keys, readable by its owner only, when there is none.
 *
 * @throws when the file is there but does not hold keys.
 */
export const openHostKeys = (directory: string): HostKeys => {
  const file = hostKeysFile(directory);
  const stored = read(file);
  if (stored) return stored;
  const keys = newHostKeys();
  replaceFile(file, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
};

/** Where a host keeps its keys. */
export const hostKeysFile = (directory: string): string => join(directory, 'keys.json');

const read = (file: string): HostKeys | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return HostKeysFile.parse(JSON.parse(text));
  } catch {
    // The parser's message could quote a key.
    throw new Error(`${file} does not hold the host's keys. Delete it to get new ones.`);
  }
};

/** A log that never shows one of the keys, whoever writes it: a function may log the URL that it was called with. */
export const withoutKeys = (log: Log, keys: HostKeys): Log => {
  const own = Object.values(keys.functions).flatMap((named) => Object.values(named));
  const secrets = [keys.master, ...Object.values(keys.systemKeys), ...Object.values(keys.functionKeys), ...own];
  return (level, category, message) =>
    log(
      level,
      category,
      secrets.reduce((text, secret) => text.replaceAll(secret, '[Hidden Credential]'), message),
    );
};

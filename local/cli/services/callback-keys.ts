import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { asCommandError } from '../../storage/as-command-error.ts';
import { makeDataFolder } from '../../storage/make-data-folder.ts';
import { replaceFile } from '../../storage/replace-file.ts';

const keysSchema = z.object({ CALLBACK_ENCRYPTION_KEY: z.string(), CALLBACK_SIGNING_SECRET: z.string() });

/** Where the keys of a data folder are. */
export const callbackKeysFile = (dataDirectory: string): string => join(dataDirectory, 'callback-keys.json');

/**
 * The two settings that callbacks need, drawn once for each data folder: a repository is no place for keys, and a URL that was sealed before a restart has
 * to open after it. What the environment sets wins.
 */
export const callbackKeys = (dataDirectory: string, environment = process.env): Readonly<Record<string, string>> => {
  const file = callbackKeysFile(dataDirectory);
  if (!existsSync(file)) {
    const drawn = {
      CALLBACK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      CALLBACK_SIGNING_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    };
    try {
      makeDataFolder(dataDirectory);
      replaceFile(file, `${JSON.stringify(drawn, null, 2)}\n`);
    } catch (error) {
      throw asCommandError(error, file);
    }
  }
  const kept = keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !environment[name]));
};

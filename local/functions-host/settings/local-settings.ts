import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile } from './json-with-comments.ts';
import { flag, parseSettings, section, wholeNumber } from './parse-settings.ts';

/** local.settings.json as far as the local host acts on it. */
export interface LocalSettings {
  /** `Values` and, as `ConnectionStrings:<name>`, `ConnectionStrings`; null where the file says null. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly localHttpPort?: number;
  /** Allowed origins; `*` for all. */
  readonly corsOrigins: readonly string[];
  readonly corsCredentials: boolean;
}

const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String), z.null()], {
  error: 'must be a string.',
});

const LocalSettingsFile = section({
  IsEncrypted: flag().default(false),
  Values: z.record(z.string(), Text).default({}),
  ConnectionStrings: z
    .record(
      z.string(),
      z.union([Text, z.looseObject({ ConnectionString: Text }).transform((entry) => entry.ConnectionString)]),
    )
    .default({}),
  Host: section({
    LocalHttpPort: wholeNumber(0).optional(),
    CORS: z.string().default(''),
    CORSCredentials: flag().default(false),
  }).default({ CORS: '', CORSCredentials: false }),
});

/**
 * Reads `<directory>/local.settings.json` as azure-functions-core-tools `AppSettingsFile.cs` does; a missing file gives no settings.
 *
 * @throws when the file is encrypted or a field has a wrong value; the message names file and field.
 */
export const readLocalSettings = (directory: string): LocalSettings => {
  const file = join(directory, 'local.settings.json');
  const value = readJsonFile(file);
  const { IsEncrypted, Values, ConnectionStrings, Host } = parseSettings(file, '', LocalSettingsFile, value ?? {});
  if (IsEncrypted) {
    throw new Error(
      `${file}: IsEncrypted: encrypted settings cannot be read here. Run "func settings decrypt" in the app's folder.`,
    );
  }
  const connections = Object.entries(ConnectionStrings).map(([name, text]) => [`ConnectionStrings:${name}`, text]);
  return {
    values: { ...Values, ...Object.fromEntries(connections) },
    ...(Host.LocalHttpPort && { localHttpPort: Host.LocalHttpPort }),
    corsOrigins: Host.CORS.split(',')
      .map((origin) => origin.trim().replace(/\/$/, ''))
      .filter(Boolean),
    corsCredentials: Host.CORSCredentials,
  };
};

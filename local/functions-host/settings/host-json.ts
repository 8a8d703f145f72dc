import { join } from 'node:path';
import * as z from 'zod';
import { type DurableTaskSettings, parseDurableTaskSettings } from './durable-task-settings.ts';
import { readJsonFile } from './json-with-comments.ts';
import { parseSettings, section } from './parse-settings.ts';

/** host.json as far as the local host acts on it. */
export interface HostJson {
  readonly http: {
    /** Without slashes at its ends; empty for none. */
    readonly routePrefix: string;
    readonly customHeaders: Readonly<Record<string, string>>;
  };
  readonly durableTask: DurableTaskSettings;
  /** `logging.logLevel`: category (or `default`) to level. */
  readonly logLevels: Readonly<Record<string, string>>;
}

const HostJsonFile = section({
  version: z.unknown().optional(),
  extensions: section({ http: z.unknown().optional(), durableTask: z.unknown().optional() }).default({
    http: undefined,
    durableTask: undefined,
  }),
  logging: section({ logLevel: z.record(z.string(), z.string()).default({}) }).default({ logLevel: {} }),
});

const HttpSection = section({
  routePrefix: z.string().default('api'),
  customHeaders: z.record(z.string(), z.string()).default({}),
});

/**
 * Reads `<directory>/host.json` as azure-functions-host `HostJsonFileConfigurationSource.cs` does.
 *
 * @throws when the file is missing, is of another version, or a field has a wrong value; the message names file and field.
 */
export const readHostJson = (directory: string, setting: (name: string) => string | undefined): HostJson => {
  const file = join(directory, 'host.json');
  const value = readJsonFile(file);
  if (value === undefined) {
    throw new Error(
      `${file} is missing. A function app has a host.json with at least { "version": "2.0" } in its root folder.`,
    );
  }
  const { version, extensions, logging } = parseSettings(file, '', HostJsonFile, value);
  if (version !== '2.0') {
    throw new Error(`${file}: version: must be "2.0", not ${JSON.stringify(version) ?? 'absent'}.`);
  }
  const http = parseSettings(file, 'extensions.http', HttpSection, extensions.http ?? {});
  return {
    http: { ...http, routePrefix: http.routePrefix.replaceAll(/^\/+|\/+$/g, '') },
    durableTask: parseDurableTaskSettings(file, extensions.durableTask, setting),
    logLevels: logging.logLevel,
  };
};

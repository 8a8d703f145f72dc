import { join } from 'node:path';
import * as z from 'zod';
import { trimSlashes } from '../trim-slashes.ts';
import { type DurableTaskSettings, parseDurableTaskSettings } from './durable-task-settings.ts';
import { readJsonFile } from './json-with-comments.ts';
import { parseSettings, section } from './parse-settings.ts';
import { parseTimeSpan } from './time-span.ts';

/** host.json as far as the local host acts on it. */
export interface HostJson {
  readonly http: {
    /** Without slashes at its ends; empty for none. */
    readonly routePrefix: string;
    readonly customHeaders: Readonly<Record<string, string>>;
  };
  readonly durableTask: DurableTaskSettings;
  /** How long one invocation may take, ms; undefined for no limit. */
  readonly functionTimeoutMs: number | undefined;
  /** `logging.logLevel`: category (or `default`) to level. */
  readonly logLevels: LogLevels;
  /** As written; the platform knows `OpenTelemetry`, without regard to case. */
  readonly telemetryMode: string | undefined;
}

/** Category (or `default`) to level. */
export type LogLevels = Readonly<Record<string, string>>;

const HostJsonFile = section({
  version: z.unknown().optional(),
  functionTimeout: z.string().nullish(),
  telemetryMode: z.string().nullish(),
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
  const { version, extensions, functionTimeout, logging, telemetryMode } = readFile(file);
  if (version !== '2.0') {
    throw new Error(`${file}: version: must be "2.0", not ${JSON.stringify(version) ?? 'absent'}.`);
  }
  const http = parseSettings(file, 'extensions.http', HttpSection, extensions.http ?? {});
  return {
    http: { ...http, routePrefix: trimSlashes(http.routePrefix) },
    durableTask: parseDurableTaskSettings(file, extensions.durableTask, setting),
    functionTimeoutMs: parseFunctionTimeout(file, functionTimeout ?? undefined),
    logLevels: logging.logLevel,
    telemetryMode: telemetryMode ?? undefined,
  };
};

/** What `readHostJson` gives as `logLevels`, before settings are in the environment. @throws as it does when the file cannot be read. */
export const readLogLevels = (directory: string): LogLevels => readFile(join(directory, 'host.json')).logging.logLevel;

const readFile = (file: string): z.infer<typeof HostJsonFile> => {
  const value = readJsonFile(file);
  if (value !== undefined) return parseSettings(file, '', HostJsonFile, value);
  throw new Error(
    `${file} is missing. A function app has a host.json with at least { "version": "2.0" } in its root folder.`,
  );
};

const SECOND_MS = 1000;
/** The default of all plans but Consumption on Windows. */
const DEFAULT_TIMEOUT_MS = 30 * 60 * SECOND_MS;
/** "-1", which is minus one day to .NET, stands for no limit. */
const UNLIMITED_MS = -24 * 60 * 60 * SECOND_MS;

/** azure-functions-host `ScriptJobHostOptionsSetup.ConfigureFunctionTimeout`. */
const parseFunctionTimeout = (file: string, written: string | undefined): number | undefined => {
  if (written === undefined) return DEFAULT_TIMEOUT_MS;
  const ms = parseTimeSpan(written);
  if (ms === UNLIMITED_MS) return undefined;
  if (ms === undefined || ms < SECOND_MS) {
    throw new Error(
      `${file}: functionTimeout: must be a time of at least one second such as "00:05:00", or "-1" for none, not ${JSON.stringify(written)}.`,
    );
  }
  return ms;
};

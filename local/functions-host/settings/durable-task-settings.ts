import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { type HubNameRule, hubNameRule } from './hub-name-rule.ts';
import { flag, oneOf, parseSettings, section, wholeNumber } from './parse-settings.ts';

/** `extensions.durableTask` of host.json with the defaults of EXT `DurableTaskOptions.cs`. */
export interface DurableTaskSettings {
  readonly hubName: string;
  /** The name of the storage connection as it stands in management URLs. */
  readonly connectionName: string;
  readonly defaultVersion: string;
  readonly versionMatchStrategy: 'None' | 'Strict' | 'CurrentOrOlder';
  readonly versionFailureStrategy: 'Reject' | 'Fail';
  readonly maxConcurrentActivityFunctions: number;
  readonly maxConcurrentOrchestratorFunctions: number;
  readonly maxConcurrentEntityFunctions: number;
  readonly maxEntityOperationBatchSize: number;
  readonly maxOrchestrationActions: number;
  readonly entityMessageReorderWindowInMinutes: number;
  readonly overridableExistingInstanceStates: 'NonRunningStates' | 'AnyState';
  readonly storeInputsInOrchestrationHistory: boolean;
  readonly localRpcEndpointEnabled: boolean;
  readonly httpSettings: { readonly defaultAsyncRequestSleepTimeMilliseconds: number };
}

const ConcurrencyDefault = 10 * availableParallelism();

const DurableTaskSection = section({
  hubName: z.string().optional(),
  defaultVersion: z.string().default(''),
  versionMatchStrategy: oneOf(['None', 'Strict', 'CurrentOrOlder']).default('CurrentOrOlder'),
  versionFailureStrategy: oneOf(['Reject', 'Fail']).default('Reject'),
  maxConcurrentActivityFunctions: wholeNumber(1).default(ConcurrencyDefault),
  maxConcurrentOrchestratorFunctions: wholeNumber(1).default(ConcurrencyDefault),
  maxConcurrentEntityFunctions: wholeNumber(1).default(ConcurrencyDefault),
  maxEntityOperationBatchSize: wholeNumber(1).default(5000),
  maxOrchestrationActions: wholeNumber(1).default(100_000),
  entityMessageReorderWindowInMinutes: wholeNumber(0).default(30),
  overridableExistingInstanceStates: oneOf(['NonRunningStates', 'AnyState']).default('NonRunningStates'),
  storeInputsInOrchestrationHistory: flag().default(false),
  localRpcEndpointEnabled: flag().default(true),
  storageProvider: section({
    type: z.string().default('AzureStorage'),
    connectionName: z.string().optional(),
    connectionStringName: z.string().optional(),
  }).default({ type: 'AzureStorage' }),
  httpSettings: section({ defaultAsyncRequestSleepTimeMilliseconds: wholeNumber(1).default(30_000) }).default({
    defaultAsyncRequestSleepTimeMilliseconds: 30_000,
  }),
});

/** The default of a host that runs outside Azure (EXT `DurableTaskOptions.cs`). */
const DEFAULT_HUB_NAME = 'TestHubName';

/**
 * @param file - named in errors.
 * @param value - what stands under `extensions.durableTask`; undefined for nothing.
 * @param setting - looks up an application setting, for `%NAME%` in the hub's name.
 * @throws when a field has a wrong value; the message names file and field.
 */
export const parseDurableTaskSettings = (
  file: string,
  value: unknown,
  setting: (name: string) => string | undefined,
): DurableTaskSettings => {
  const path = 'extensions.durableTask';
  const { storageProvider, hubName, ...rest } = parseSettings(file, path, DurableTaskSection, value ?? {});
  return {
    ...rest,
    hubName: resolveHubName(file, `${path}.hubName`, hubName, hubNameRule(storageProvider.type), setting),
    connectionName: storageProvider.connectionName ?? storageProvider.connectionStringName ?? 'Storage',
  };
};

const resolveHubName = (
  file: string,
  field: string,
  written: string | undefined,
  rule: HubNameRule,
  setting: (name: string) => string | undefined,
): string => {
  const name = (
    written ??
    setting('WEBSITE_SITE_NAME')?.replaceAll(/[^a-zA-Z0-9]/g, '') ??
    DEFAULT_HUB_NAME
  ).replaceAll(/%([^%]+)%/g, (_, key: string) => {
    const value = setting(key);
    if (value === undefined) throw new Error(`${file}: ${field}: '%${key}%' does not resolve to a value.`);
    return value;
  });
  if (!rule.pattern.test(name)) {
    throw new Error(`${file}: ${field}: Task hub name '${name}' should contain ${rule.words}.`);
  }
  return name;
};

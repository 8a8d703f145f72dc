import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GRPC_OPTION } from '../imitated-versions.ts';
import { AppRegistry } from './app-registry.ts';
import { unknownTypes } from './binding-support.ts';
import type { WorkerCapabilities } from './core-types.ts';
import { currentApp } from './current-app.ts';
import { type EntryPoint, findEntryPoints } from './entry-points.ts';
import { installCoreApi } from './install-core-api.ts';
import { loadError } from './load-error.ts';
import { type AppSurroundings, LoadedApp } from './loaded-app.ts';
import { type LoadedFunction, toLoadedFunction } from './loaded-function.ts';
import type { Log } from './log.ts';
import { toError } from './worker-errors.ts';

/** What the worker of azure-functions-nodejs-worker announces (`WorkerInitHandler.ts`); the host's conversions assume them. */
const CAPABILITIES = [
  'RawHttpBodyBytes',
  'RpcHttpTriggerMetadataRemoved',
  'RpcHttpBodyOnly',
  'IgnoreEmptyValuedRpcHttpHeaders',
  'UseNullableValueDictionaryForHttp',
  'WorkerStatus',
  'TypedDataCollection',
  'HandlesWorkerTerminateMessage',
] as const;

const registries = new Map<string, Promise<AppRegistry>>();

/**
 * Loads a compiled app of the Node v4 programming model as azure-functions-nodejs-worker does (`startApp.ts`, `WorkerInitHandler.ts`). Node
 * evaluates a file once, so a directory that was loaded before in this process gives the same functions again.
 *
 * @param directory - the app's root, which holds its package.json.
 * @throws when an entry point or an appStart hook fails; the message names the file.
 */
export const loadApp = async (directory: string, surroundings: AppSurroundings): Promise<LoadedApp> => {
  const root = realpathSync(directory);
  const { log } = surroundings;
  const loading = registries.get(root) ?? startApp(root, log);
  registries.set(root, loading);
  // Someone may build the app and try again.
  loading.catch(() => registries.delete(root));
  const registry = await loading;
  registry.log = log;
  return new LoadedApp(registry, listFunctions(registry, log), surroundings);
};

const startApp = (root: string, log: Log): Promise<AppRegistry> => {
  installCoreApi();
  const registry = new AppRegistry(root, log);
  return currentApp.load(registry, async () => {
    for (const entryPoint of await findEntryPoints(root, log)) await loadEntryPoint(root, entryPoint);
    const { appLevelOnlyHookData: hookData, appHookData } = registry;
    await registry.hooks.run('appStart', { hookData, appHookData, functionAppDirectory: root });
    await negotiateCapabilities(registry);
    registry.lock();
    return registry;
  });
};

const loadEntryPoint = async (root: string, entryPoint: EntryPoint): Promise<void> => {
  const { path, kind } = entryPoint;
  try {
    if (kind === 'module') await import(/* @vite-ignore */ pathToFileURL(path).href);
    else createRequire(join(root, 'package.json'))(path);
  } catch (thrown) {
    throw loadError(root, entryPoint, thrown);
  }
};

const negotiateCapabilities = async (registry: AppRegistry): Promise<void> => {
  const offered: WorkerCapabilities = Object.fromEntries(CAPABILITIES.map((name) => [name, 'true']));
  const agreed = (await registry.model?.getCapabilities?.(offered)) ?? offered;
  if (agreed.HttpUri) {
    throw new Error(
      'The app asks for HTTP streams (app.setup({ enableHttpStream: true })), which the local Functions host does not support.',
    );
  }
};

const listFunctions = (registry: AppRegistry, log: Log): readonly LoadedFunction[] => {
  const functions: LoadedFunction[] = [];
  for (const registered of registry.functions.values()) {
    try {
      const loaded = toLoadedFunction(registered);
      refuseUnknown(loaded);
      refuseGrpc(loaded);
      refuseSecond(loaded, functions);
      functions.push(loaded);
    } catch (thrown) {
      log(
        'error',
        'Host.Startup',
        `The '${registered.metadata.name}' function is in error: ${toError(thrown).message}`,
      );
    }
  }
  return functions.sort((left, right) => compareNames(left.name, right.name));
};

const refuseUnknown = (loaded: LoadedFunction): void => {
  const types = unknownTypes(loaded);
  if (types.length === 0) return;
  throw new Error(
    `The binding type(s) '${types.join(', ')}' are not registered. Please ensure the type is correct and the binding extension is installed.`,
  );
};

/** The real host opens a gRPC endpoint for such an app; here its instances would start and never go on. */
const refuseGrpc = ({ trigger }: LoadedFunction): void => {
  if (trigger[GRPC_OPTION] !== true) return;
  throw new Error(
    'It needs the gRPC protocol of Durable Task (durable-functions 4), which the local Functions host does not imitate. Install durable-functions 3, or run the app with Azure Functions Core Tools.',
  );
};

/** Names that differ in case only pass the worker's own check; the host and its URLs do not distinguish them (what it says is unverified). */
const refuseSecond = ({ name }: LoadedFunction, others: readonly LoadedFunction[]): void => {
  const first = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
  if (first) throw new Error(`Its name differs from that of '${first.name}' in upper and lower case only. Rename one.`);
};

/** .NET's `StringComparer.OrdinalIgnoreCase`: by upper-case letters. */
const compareNames = (left: string, right: string): number => {
  const [a, b] = [left.toUpperCase(), right.toUpperCase()];
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

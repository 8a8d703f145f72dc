import { HOST_VERSION, WORKER_VERSION } from '../imitated-versions.ts';
import type { FunctionCallback, FunctionMetadata, HookCallback, LogCategory, ProgrammingModel } from './core-types.ts';
import { currentApp } from './current-app.ts';
import { Disposable } from './disposable.ts';
import type { LogLevel } from './log.ts';

/**
 * What `require('@azure/functions-core')` returns. Imitates azure-functions-nodejs-worker `setupCoreModule.ts`.
 *
 * Each copy of `@azure/functions` gets an object of its own, because it announces its programming model only once: when it serves a
 * second app, the object remembers the model.
 */
export const createCoreApi = (): object => {
  let ownModel: ProgrammingModel | undefined;
  const appInUse = () => {
    const app = currentApp.get();
    app.model ??= ownModel;
    return app;
  };
  return {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    setProgrammingModel: (model: ProgrammingModel): void => {
      ownModel = model;
      currentApp.get().model = model;
    },
    getProgrammingModel: (): ProgrammingModel | undefined => appInUse().model,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback): Disposable =>
      appInUse().registerFunction(metadata, callback),
    registerHook: (name: string, callback: HookCallback): Disposable => appInUse().hooks.register(name, callback),
    log: (level: LogLevel, category: LogCategory, message: string): void =>
      currentApp.get().logLine(currentApp.log(), level, category, message),
  };
};

import type { FunctionCallback, FunctionMetadata, LogCategory, ProgrammingModel } from './core-types.ts';
import { Disposable } from './disposable.ts';
import { Hooks } from './hooks.ts';
import type { Log, LogLevel } from './log.ts';
import { WorkerError } from './worker-errors.ts';

/** A function as the app registered it. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/**
 * Everything that one app registered through `@azure/functions-core`. Imitates azure-functions-nodejs-worker `AppContext.ts`,
 * `WorkerContext.ts` and `coreApi/registerFunction.ts`.
 */
export class AppRegistry {
  readonly directory: string;
  readonly functions = new Map<string, RegisteredFunction>();
  readonly hooks = new Hooks();
  /** Shared by all hooks of the app. */
  readonly appHookData: Record<string, unknown> = {};
  /** Shared by appStart and appTerminate hooks, and by log hooks outside an invocation. */
  readonly appLevelOnlyHookData: Record<string, unknown> = {};
  model: ProgrammingModel | undefined;
  log: Log;
  #locked = false;

  constructor(directory: string, log: Log) {
    this.directory = directory;
    this.log = log;
  }

  /** After this, registering or disposing of a function is an error: the host has listed the functions. */
  lock(): void {
    this.#locked = true;
  }

  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    if (this.#locked) throw new WorkerError('A function can only be registered during app startup.');
    const functionId = metadata.functionId || metadata.name;
    if (this.functions.has(functionId)) {
      throw new WorkerError(`A function with id "${functionId}" has already been registered.`);
    }
    this.functions.set(functionId, { metadata: { ...metadata, functionId }, callback });
    return new Disposable(() => {
      if (this.#locked) throw new WorkerError('A function can only be disposed during app startup.');
      this.functions.delete(functionId);
    });
  }

  /** A line outside any invocation, shown to log hooks first (they may change its level and text). */
  logLine(log: Log, level: LogLevel, category: LogCategory, message: string): void {
    const line = { hookData: this.appLevelOnlyHookData, level, message, category };
    this.hooks.runNow('log', line);
    log(line.level, category === 'user' ? 'Worker.User' : 'Worker', line.message);
  }
}
